import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ValidationPipe } from './validation.pipe.ts';

/** Metadata key of routes that call `assertInputDeclared` themselves. */
export const CHECKS_INPUT = 'rubric:checks-input';

/**
 * Rejects query parameters and body fields on routes that declare none. On other routes, the schema rejects unknown ones.
 */
@Injectable()
export class DeclaredInputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!Reflect.hasMetadata(CHECKS_INPUT, context.getHandler())) assertInputDeclared(context);
    return true;
  }
}

const validation = new ValidationPipe(0);
const NOTHING = z.strictObject({});

/** @throws Problem `invalid_request` with the parameters or fields of a route that declares none */
export function assertInputDeclared(context: ExecutionContext): void {
  const { query, body, method } = context.switchToHttp().getRequest<FastifyRequest>();
  const declared = declaredInputOf(context);
  if (!declared.query) validation.transform(query, { type: 'query', schema: NOTHING });
  // Clients send various bodies with a DELETE; a body has no meaning there in HTTP.
  const ignoresBody = declared.body || body === undefined || method === 'DELETE';
  if (!ignoresBody) validation.transform(body, { type: 'body', schema: NOTHING });
}

interface DeclaredInput {
  query: boolean;
  body: boolean;
}

const declaredInputs = new WeakMap<object, DeclaredInput>();

function declaredInputOf(context: ExecutionContext): DeclaredInput {
  const handler = context.getHandler();
  const known = declaredInputs.get(handler);
  if (known) return known;
  const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined;
  const has = (type: RouteParamtypes) => Object.keys(args ?? {}).some((key) => key.startsWith(`${type}:`));
  const declared = { query: has(RouteParamtypes.QUERY), body: has(RouteParamtypes.BODY) };
  declaredInputs.set(handler, declared);
  return declared;
}
