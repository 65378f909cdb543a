import { randomUUID } from 'node:crypto';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseError, isUnavailable } from '../database/errors.ts';
import { constraintProblem } from './constraint-problems.ts';
import { fieldProblem, PROBLEMS, Problem, type ProblemCode, problemBody } from './problems.ts';
import { DENIED_REQUESTS, type DeniedRequests } from './refusals.ts';

/** Turns whatever was thrown into an RFC 9457 answer. Nothing of the database or the code leaves the server. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(@Inject(DENIED_REQUESTS) private readonly refusals: DeniedRequests) {}

  catch(error: unknown, host: ArgumentsHost) {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = error instanceof NotFoundException ? routingProblem(request, reply) : toProblem(error);
    const { status } = PROBLEMS[problem.code];
    if (problem.code === 'internal') this.note(error, problem);
    if (status === 401 || status === 403) this.refusals.record(request, problem.code);
    sendProblem(reply, problem, request);
  }

  /** What happened stays in the log; the answer names the place. */
  private note(error: unknown, problem: Problem) {
    const errorId = randomUUID();
    this.logger.error({ err: error, errorId }, 'unexpected error');
    problem.message = `Rubric met a defect of its own. The log holds what happened under ${errorId}.`;
  }
}

/** No route took the request: is the path wrong, or only the method? */
function routingProblem(request: FastifyRequest, reply: FastifyReply): Problem {
  const methods = request.server.methodsOn(request.url.split('?', 1)[0] ?? '/');
  if (methods.length === 0 || methods.includes(request.method)) return new Problem('not_found');
  const allowed = methods.join(', ');
  void reply.header('allow', allowed);
  return new Problem('method_not_allowed', `${request.method} does not fit this path; it takes ${allowed}.`);
}

/** Sends a problem; also for what Fastify refuses before Nest sees it. */
export function sendProblem(reply: FastifyReply, problem: Problem, request: FastifyRequest) {
  const { status } = PROBLEMS[problem.code];
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="rubric"');
  if (status === 503) void reply.header('retry-after', '1');
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
  if (problem.code === 'body_too_large')
    problem.message = `The body is longer than ${request.server.initialConfig.bodyLimit} bytes.`;
  const body = problemBody(problem, request.url.split('?', 1)[0] ?? '/');
  void reply.status(status).type('application/problem+json').send(JSON.stringify(body));
}

const FASTIFY_PROBLEMS: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_http',
  FST_ERR_BAD_URL: 'invalid_url',
  FST_ERR_MAX_PARAM_LENGTH: 'url_too_long',
};

/** Nest turns errors of Fastify into its own and keeps nothing but their status. */
const HTTP_PROBLEMS: Record<number, ProblemCode> = { 413: 'body_too_large', 415: 'unsupported_media_type' };

/** @returns the problem that an error of any origin stands for. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const fastifyCode = FASTIFY_PROBLEMS[(error as { code?: string }).code ?? ''];
  if (fastifyCode) return new Problem(fastifyCode);
  const refusal = databaseError(error);
  if (refusal) return databaseProblem(refusal);
  const httpCode = error instanceof HttpException && HTTP_PROBLEMS[error.getStatus()];
  if (httpCode) return new Problem(httpCode);
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  if (status && status >= 400 && status < 500) return new Problem('invalid_http');
  return new Problem('internal');
}

function databaseProblem(refusal: NonNullable<ReturnType<typeof databaseError>>): Problem {
  const known = constraintProblem(refusal.constraint ?? '');
  if (known) return fieldProblem(known.code, known.pointer, known.detail);
  if (refusal.code === '57014') return new Problem('timeout');
  if (isUnavailable(refusal)) return new Problem('database_unavailable');
  if (refusal.code === '40P01' || refusal.code === '40001') return new Problem('write_conflict');
  return new Problem('internal');
}
