import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, type Caller } from '../auth/caller.ts';

/** Decides about sessions: who is signed in. */
@Injectable()
export class SessionsService {
  isSignedIn(request: FastifyRequest): boolean {
    return request.headers.cookie?.includes('rubric_session') ?? false;
  }

  async verify(request: FastifyRequest): Promise<Caller> {
    return { ...ANONYMOUS, address: request.ip };
  }
}
