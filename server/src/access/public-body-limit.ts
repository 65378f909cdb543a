import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { listDeclaredRoutes } from './declared-access.ts';

/** In bytes. The longest body of a public route accepts an invitation: 4 kB if each character is escaped. */
export const MAX_PUBLIC_BODY = 16_384;

/**
 * Limits the bodies of `@Public()` routes to 16 KiB: they are buffered and parsed without authorization. Must run before
 * the routes are registered.
 *
 * @param bodyBytes the limit of all other routes; a lower one applies to public routes too
 */
export function limitPublicBodies(fastify: FastifyInstance, app: INestApplication, bodyBytes: number) {
  const publicRoutes = new Set(
    listDeclaredRoutes(app).flatMap(({ access, routes }) => (access === 'public' ? routes : [])),
  );
  fastify.addHook('onRoute', (options) => {
    if (![options.method].flat().every((method) => publicRoutes.has(`${method} ${options.url}`))) return;
    options.bodyLimit = Math.min(bodyBytes, MAX_PUBLIC_BODY);
  });
}
