import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Permission } from './permissions.ts';
import { ANONYMOUS, type Principal } from './principal.ts';

/** Metadata key of the access that a route requires. The server does not start if a route declares none. */
export const ACCESS = 'rubric:access';
/** Metadata key of routes that do not look at credentials. */
export const IGNORES_CREDENTIALS = 'rubric:ignores-credentials';
export type Access = 'public' | 'user' | Permission;

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** Extension of OpenAPI under which /openapi.json publishes the access that an operation requires. */
export const OPENAPI_ACCESS = 'x-required-access';

const requireAccess = (access: Access) =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension(OPENAPI_ACCESS, access));

/** Opens a route to everybody. A request that does send credentials is still refused if they are invalid. */
export const Public = () => requireAccess('public');

/**
 * Makes a public route treat every caller as anonymous, whatever credentials the request carries: looking them up needs
 * the database, which a health check must not wait for.
 */
export const IgnoreCredentials = () => SetMetadata(IGNORES_CREDENTIALS, true);

/** Restricts a route to signed-in users, who act on their own account. API tokens are refused. */
export const RequireUser = () => requireAccess('user');

/** Restricts a route to callers with a permission. Services enforce its scope, see `permissions.ts`. */
export const RequirePermission = (permission: Permission) => requireAccess(permission);

/** Injects the caller that `AuthGuard` authenticated. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal =>
    context.switchToHttp().getRequest<FastifyRequest>().principal ?? ANONYMOUS,
);
