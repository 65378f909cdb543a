import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';
import { MAX_ERRORS, pointerTo } from './validation.pipe.ts';

/** Metadata key of routes that call `assertParametersKnown` themselves. */
export const CHECKS_PARAMETERS = 'rubric:checks-parameters';

/**
 * Rejects query parameters on routes that declare none. On routes that declare some, their schema rejects the others.
 */
@Injectable()
export class KnownParametersGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!Reflect.hasMetadata(CHECKS_PARAMETERS, context.getHandler())) assertParametersKnown(context);
    return true;
  }
}

/** @throws Problem `invalid_request` with the parameters of a route that declares none */
export function assertParametersKnown(context: ExecutionContext): void {
  const { query } = context.switchToHttp().getRequest<FastifyRequest>();
  const names = Object.keys(query as object);
  if (names.length === 0 || declaresQuery(context)) return;
  const errors = names.slice(0, MAX_ERRORS).map((name) => ({
    pointer: pointerTo([name]),
    code: 'unknown_parameter',
    detail: `Unknown parameter ${JSON.stringify(name)}.`,
  }));
  throw new Problem('invalid_request', errors.map((error) => error.detail).join(' '), errors);
}

const declaresQueryCache = new WeakMap<object, boolean>();

function declaresQuery(context: ExecutionContext): boolean {
  const handler = context.getHandler();
  const cached = declaresQueryCache.get(handler);
  if (cached !== undefined) return cached;
  const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined;
  const declares = Object.keys(args ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
  declaresQueryCache.set(handler, declares);
  return declares;
}
