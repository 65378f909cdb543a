import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AUTHENTICATOR } from './access/authenticator.ts';
import { assertAccessDeclared } from './access/declared-access.ts';
import { authenticateLongBodies } from './access/long-bodies.ts';
import { limitPublicBodies } from './access/public-body-limit.ts';
import { AppModule } from './app.module.ts';
import type { Config } from './config.ts';
import type { Connection } from './database/connection.ts';
import { registerAllowedMethods } from './http/allowed-methods.ts';
import { registerCors } from './http/cors.ts';
import { registerGracefulShutdown } from './http/graceful-shutdown.ts';
import { registerJsonBody } from './http/json-body.ts';
import { registerPipelining } from './http/pipelining.ts';
import { registerRepresentations } from './http/representations.ts';
import { registerRequestHead } from './http/request-head.ts';
import { registerResponseHeaders } from './http/response-headers.ts';
import { fastifyOptions } from './http/server-options.ts';
import { registerIdempotencyHook } from './idempotency/idempotency.hook.ts';
import { serveDocumentation } from './openapi/docs-page.ts';
import { RateLimiter } from './rate-limits/rate-limiter.writer.ts';
import { registerRateLimitHook } from './rate-limits/rate-limits.hook.ts';
import { serveAdminSite } from './web/admin-site.hook.ts';

/** Creates the application on an open database. It does not listen yet. */
export async function createApp(
  config: Config,
  connection: Connection,
  logger: LoggerService | false,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(fastifyOptions(config));
  const fastify = adapter.getInstance();
  fastify.decorate('requiresIfMatch', config.requireIfMatch);
  registerGracefulShutdown(fastify, config.limits.shutdownTimeoutMs);
  registerPipelining(fastify);
  registerResponseHeaders(fastify, config);
  registerRequestHead(fastify);
  registerAllowedMethods(fastify);
  registerJsonBody(fastify);
  registerRepresentations(fastify);
  await registerCors(fastify, config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, connection), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  if (config.limits.requestsPerMinute > 0) registerRateLimitHook(fastify, app.get(RateLimiter));
  registerIdempotencyHook(fastify);
  limitPublicBodies(fastify, app, config.limits.bodyBytes);
  authenticateLongBodies(fastify, app.get(AUTHENTICATOR));
  serveDocumentation(app, config);
  serveAdminSite(fastify);
  await app.init();
  assertAccessDeclared(app);
  return app;
}
