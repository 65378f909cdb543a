import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isExempt, setRateLimitHeaders } from './rate-limit-headers.ts';
import { RateLimiter } from './rate-limiter.writer.ts';

/** Limits the requests of a token and of an account, from any address. Runs after `AuthGuard`, which authenticates them. */
@Injectable()
export class RateLimitsGuard implements CanActivate {
  constructor(private readonly rateLimiter: RateLimiter) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (isExempt(request)) return true;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    for (const [name, id] of [
      ['token', request.principal?.tokenId],
      ['account', request.principal?.accountId],
    ] as const) {
      if (id == null) continue;
      setRateLimitHeaders(reply, name, this.rateLimiter.limit, await this.rateLimiter.consume(`${name}:${id}`));
    }
    return true;
  }
}
