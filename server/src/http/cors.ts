import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem, toProblem } from './problem.filter.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Origins whose pages may send requests, with cookies. */
    corsOrigins: ReadonlySet<string>;
    /** The origin of `PUBLIC_URL`. */
    publicOrigin: string | undefined;
  }
}

/** The path that @fastify/cors registers for OPTIONS. */
const PREFLIGHT_ROUTE = '*';
const NO_CORS = { origin: false } as const;
const CORS_OPTIONS = {
  credentials: true,
  exposedHeaders: ['ETag', 'Idempotency-Replayed', 'Link', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After'],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'Last-Event-ID'],
  maxAge: 600,
};

/**
 * Enables CORS for the origins in `CORS_ORIGINS`. Requests from other origins get no CORS headers, and an OPTIONS request
 * that is not a preflight from an allowed origin gets the methods of the path, like any other (problem.filter.ts).
 */
export async function registerCors(
  fastify: FastifyInstance,
  { corsOrigins, publicUrl }: Pick<Config, 'corsOrigins' | 'publicUrl'>,
): Promise<void> {
  const allowed: ReadonlySet<string> = new Set(corsOrigins);
  fastify.decorate('corsOrigins', allowed);
  fastify.decorate('publicOrigin', publicUrl === undefined ? undefined : new URL(publicUrl).origin);
  if (allowed.size === 0) return;
  // Nest's error handler does not apply to the route of the plugin, which is registered before it.
  fastify.addHook('onRoute', (route) => {
    if (route.url === PREFLIGHT_ROUTE) route.errorHandler = sendError;
  });
  await fastify.register(cors, {
    delegator: ({ headers }: FastifyRequest, done) => {
      const { origin } = headers;
      if (origin === undefined || !allowed.has(origin)) return done(null, NO_CORS);
      done(null, { ...CORS_OPTIONS, origin, preflight: headers['access-control-request-method'] !== undefined });
    },
  });
}

function sendError(error: Error, request: FastifyRequest, reply: FastifyReply) {
  sendProblem(reply, toProblem(error), request);
}
