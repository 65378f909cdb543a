import { applyDecorators, Header } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * Marks a route whose response contains a secret, such as a token. Caches must not store it, and it is not compressed: the
 * length of a compressed response can reveal a secret to someone who chooses a part of the request (BREACH).
 */
export const ShowsSecret = () =>
  applyDecorators(Header('cache-control', 'no-store'), RouteConfig({ showsSecret: true }));

/**
 * Marks a route whose address is a secret. Caches must not store its responses, problems included, and search engines must
 * not list them.
 */
export const SecretAddress = () => RouteConfig({ hasSecretAddress: true });

/** Marks a route that always responds with the same text. It stays in memory with its compressed forms. */
export const IsConstant = () => RouteConfig({ isConstant: true });
