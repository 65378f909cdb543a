import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Permission } from './permissions.ts';
import { ANONYMOUS, type Principal } from './principal.ts';

/** What a route asks of its caller; a route that declares nothing keeps the server from starting. */
export const ACCESS = 'rubric:access';
export type Access = 'public' | 'user' | Permission;

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** Under this key the document at /openapi.json says what a call needs. */
export const OPENAPI_ACCESS = 'x-required-access';

const requireAccess = (access: Access) =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension(OPENAPI_ACCESS, access));

/** Open to everybody; whoever says who they are must still be let in. */
export const Public = () => requireAccess('public');

/** Only for people who are signed in, about their own account: no token is good for it. */
export const RequireUser = () => requireAccess('user');

/** Only for callers who have this permission; how far it reaches is for the service to say. See `policy.ts`. */
export const RequirePermission = (permission: Permission) => requireAccess(permission);

/** The caller, as the guard found out. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal =>
    context.switchToHttp().getRequest<FastifyRequest>().principal ?? ANONYMOUS,
);
