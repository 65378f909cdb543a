import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problems.ts';
import type { Authenticator } from './authenticator.ts';
import { MAX_PUBLIC_BODY } from './public-body-limit.ts';

/**
 * Authenticates requests with bodies above 16 KiB before their bodies are read. The guard runs after Fastify has collected
 * the body: without a token, a few thousand connections that send all of 1 MiB but the last byte took gigabytes. The guard
 * looks the caller up again, and decides what the caller may do. Bodies above the limit get their 413 without being read.
 */
export function authenticateLongBodies(fastify: FastifyInstance, authenticator: Authenticator) {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    if (!isLong(request)) return done(null, payload);
    const read = () => done(null, payload);
    assertAuthenticated(request, authenticator).then(read, done);
  });
}

async function assertAuthenticated(request: FastifyRequest, authenticator: Authenticator) {
  if (request.is404) throw new NotFoundException();
  const { role } = await authenticator.reauthenticate(request);
  if (role === null) throw new Problem('unauthorized');
}

/** Returns whether the body is longer than that of a public route may be, or of unknown length. */
function isLong({ headers, method, routeOptions }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const { bodyLimit } = routeOptions;
  if (bodyLimit !== undefined && bodyLimit <= MAX_PUBLIC_BODY) return false;
  const length = Number(headers['content-length'] ?? 0);
  return headers['transfer-encoding'] !== undefined || (length > MAX_PUBLIC_BODY && length <= (bodyLimit ?? length));
}
