import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defer, from, lastValueFrom, type Observable } from 'rxjs';
import { ANONYMOUS, type Principal } from '../access/principal.ts';
import { assertInputDeclared } from '../http/declared-input.guard.ts';
import { toProblem } from '../http/problem.filter.ts';
import { PROBLEMS, type Problem, problemBody } from '../http/problems.ts';
import type { Answer } from './idempotency.queries.ts';
import { fingerprintOf, KEY_HEADER, parseIdempotencyKey } from './idempotency-key.ts';
import { IdempotentRequests, type Outcome } from './idempotent-requests.service.ts';

/** Statuses whose cause can go away, so that the answer is not kept; neither are answers with 5xx. */
const NOT_KEPT = [401, 403, 408, 412, 428, 429];

/** Answers a request with an `Idempotency-Key` once, see `@Idempotent()`. Runs around the pipes and the handler. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly requests: IdempotentRequests) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const handle = () => {
      assertInputDeclared(context);
      return next.handle();
    };
    if (request.headers[KEY_HEADER] === undefined) return handle();
    return from(this.answer(request, http.getResponse<FastifyReply>(), handle));
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    handle: () => Observable<unknown>,
  ): Promise<unknown> {
    const idempotent = {
      caller: callerOf(request.principal ?? ANONYMOUS),
      key: parseIdempotencyKey(String(request.headers[KEY_HEADER])),
      fingerprint: fingerprintOf(request),
    };
    const outcome = await this.requests.run(idempotent, () =>
      lastValueFrom(defer(handle)).then(
        (result: unknown) => succeeded(result, reply),
        (error: unknown) => failed(toProblem(error), error, request),
      ),
    );
    return 'replayed' in outcome ? replay(reply, outcome.replayed) : outcome.result;
  }
}

/** Keys belong to a token or, with a session, to the account. */
function callerOf({ tokenId, accountId }: Principal): string {
  if (tokenId !== null) return `token:${tokenId}`;
  if (accountId === null) throw new Error('the route admits anonymous callers');
  return `account:${accountId}`;
}

function succeeded(result: unknown, reply: FastifyReply): Outcome<unknown> {
  const location = reply.getHeader('location');
  const answer = {
    status: reply.statusCode,
    location: location === undefined ? null : String(location),
    body: result === undefined ? null : JSON.stringify(result),
  };
  return { answer, result };
}

/** `write_conflict` asks the client to try again, so it is not kept. */
function failed(problem: Problem, error: unknown, { url }: FastifyRequest): Outcome<unknown> {
  const { status } = PROBLEMS[problem.code];
  if (status >= 500 || NOT_KEPT.includes(status) || problem.code === 'write_conflict')
    return { answer: undefined, error };
  const body = JSON.stringify(problemBody(problem, url.split('?', 1)[0] ?? '/'));
  return { answer: { status, location: null, body }, error };
}

/** The `ETag` derives from the body, and from the encoding that this request accepts (http/representations.ts). */
function replay(reply: FastifyReply, { status, location, body }: Answer): unknown {
  void reply.status(status).header('idempotency-replayed', 'true');
  if (location !== null) void reply.header('location', location);
  if (status >= 400) void reply.type('application/problem+json');
  return body === null ? undefined : JSON.parse(body);
}
