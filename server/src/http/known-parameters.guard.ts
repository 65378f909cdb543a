import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';
import { MAX_ERRORS, pointerTo } from './validation.pipe.ts';

/**
 * Rejects query parameters on routes that declare none. On routes that declare some, their schema rejects the others.
 */
@Injectable()
export class KnownParametersGuard implements CanActivate {
  private readonly declaresQueryCache = new WeakMap<object, boolean>();

  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    const names = Object.keys(query as object);
    if (names.length === 0 || this.declaresQuery(context)) return true;
    const errors = names.slice(0, MAX_ERRORS).map((name) => ({
      pointer: pointerTo([name]),
      code: 'unknown_parameter',
      detail: `Unknown parameter ${JSON.stringify(name)}.`,
    }));
    throw new Problem('invalid_request', errors.map((error) => error.detail).join(' '), errors);
  }

  private declaresQuery(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const cached = this.declaresQueryCache.get(handler);
    if (cached !== undefined) return cached;
    const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined;
    const declares = Object.keys(args ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
    this.declaresQueryCache.set(handler, declares);
    return declares;
  }
}
