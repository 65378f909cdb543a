import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isExempt, tellQuota } from './rate-limit-headers.ts';
import { Leases } from './rate-limiter.writer.ts';

/** Limits what one token and one account may ask, wherever they ask from. Stands behind the guard that finds them out. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(private readonly leases: Leases) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (isExempt(request)) return true;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    for (const [name, id] of [
      ['token', request.caller?.tokenId],
      ['account', request.caller?.accountId],
    ] as const) {
      if (id == null) continue;
      tellQuota(reply, name, this.leases.limit, await this.leases.take(`${name}:${id}`));
    }
    return true;
  }
}
