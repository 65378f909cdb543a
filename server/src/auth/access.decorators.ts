import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../database/limits.ts';
import { ANONYMOUS, type Caller } from './role.ts';

/** What a route asks of its caller; a route that declares nothing keeps the server from starting. */
export const ACCESS = 'rubric:access';
export type Access = 'public' | Role;

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

/** Open to everybody; a token that comes along must still be good. */
export const Public = () => SetMetadata(ACCESS, 'public' satisfies Access);

/** Under this key the document at /openapi.json says which role a call needs. */
export const ROLE_OF_ROUTE = 'x-required-role';

/** Only for callers with this role or a higher one. */
export const Needs = (role: Role) =>
  applyDecorators(SetMetadata(ACCESS, role satisfies Access), ApiExtension(ROLE_OF_ROUTE, role));

/** The caller, as the guard found out. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller =>
    context.switchToHttp().getRequest<FastifyRequest>().caller ?? ANONYMOUS,
);
