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
import { DENIED_REQUESTS, type DeniedRequests } from './denied-requests.ts';
import { HTML, NOT_FOUND_PAGE, type NotFoundPage, negotiateHtml } from './not-found-page.ts';
import { PermanentRedirect, sendRedirect } from './permanent-redirect.ts';
import { fieldProblem, PROBLEMS, Problem, type ProblemCode, problemBody } from './problems.ts';

/** Converts every exception to an RFC 9457 response that reveals nothing about the database or the code, or to a redirect. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(
    @Inject(DENIED_REQUESTS) private readonly deniedRequests: DeniedRequests,
    @Inject(NOT_FOUND_PAGE) private readonly pages: NotFoundPage,
  ) {}

  catch(error: unknown, host: ArgumentsHost) {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof PermanentRedirect) return sendRedirect(request, reply, error);
    const isUnrouted = error instanceof NotFoundException;
    if (isUnrouted && request.method === 'OPTIONS' && sendAllowedMethods(request, reply)) return;
    const problem = isUnrouted ? routingProblem(request, reply) : toProblem(error);
    if (isUnrouted && problem.code === 'not_found') {
      const isPage = ['GET', 'HEAD'].includes(request.method) && negotiateHtml(request, reply);
      if (isPage) return void reply.status(404).type(HTML).send(this.pages.notFound());
    }
    const { status } = PROBLEMS[problem.code];
    if (problem.code === 'internal') this.logUnexpectedError(error, problem);
    if (status === 401 || status === 403) this.deniedRequests.record(request, problem.code);
    sendProblem(reply, problem, request);
  }

  /** Logs the error and puts only its id into the response. */
  private logUnexpectedError(error: unknown, problem: Problem) {
    const errorId = randomUUID();
    this.logger.error({ err: error, errorId }, 'unexpected error');
    problem.message = `An unexpected error occurred. The log contains it under the id ${errorId}.`;
  }
}

const allowedMethods = ({ server, url }: FastifyRequest) => server.allowedMethods(url.split('?', 1)[0] ?? '/');

/** Answers OPTIONS with the methods of the path, as WordPress, Express and Koa do. Returns false if no route matches the path. */
function sendAllowedMethods(request: FastifyRequest, reply: FastifyReply): boolean {
  const methods = allowedMethods(request);
  if (methods.length > 0) void reply.status(204).header('allow', methods.join(', ')).send();
  return methods.length > 0;
}

/** Returns the problem of a request that no route matched: 405 if the path exists with other methods, 404 if not. */
function routingProblem(request: FastifyRequest, reply: FastifyReply): Problem {
  const methods = allowedMethods(request);
  if (methods.length === 0 || methods.includes(request.method)) return new Problem('not_found');
  const allowed = methods.join(', ');
  void reply.header('allow', allowed);
  return new Problem('method_not_allowed', `This path does not support ${request.method}. It supports ${allowed}.`);
}

/** Sends a problem as the response, also for requests that Fastify rejects before they reach Nest. */
export function sendProblem(reply: FastifyReply, problem: Problem, request: FastifyRequest) {
  const { status } = PROBLEMS[problem.code];
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="rubric"');
  if (status === 503) void reply.header('retry-after', '1');
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
  if (problem.code === 'body_too_large')
    problem.message = `The body is longer than ${request.routeOptions.bodyLimit} bytes.`;
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

/** Nest converts Fastify errors to its own exceptions and keeps only the status. */
const HTTP_PROBLEMS: Record<number, ProblemCode> = { 413: 'body_too_large', 415: 'unsupported_media_type' };

/** Returns the problem for an error from Rubric, Fastify, Nest or PostgreSQL. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const fastifyCode = FASTIFY_PROBLEMS[(error as { code?: string }).code ?? ''];
  if (fastifyCode) return new Problem(fastifyCode);
  const pgError = databaseError(error);
  if (pgError) return databaseProblem(pgError);
  const httpCode = error instanceof HttpException && HTTP_PROBLEMS[error.getStatus()];
  if (httpCode) return new Problem(httpCode);
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  if (status && status >= 400 && status < 500) return new Problem('invalid_http');
  return new Problem('internal');
}

function databaseProblem(pgError: NonNullable<ReturnType<typeof databaseError>>): Problem {
  const known = constraintProblem(pgError.constraint ?? '');
  if (known) return fieldProblem(known.code, known.pointer, known.detail);
  if (pgError.code === '57014') return new Problem('timeout');
  if (pgError.code === '55P03') return new Problem('lock_timeout');
  if (isUnavailable(pgError)) return new Problem('database_unavailable');
  if (pgError.code === '40P01' || pgError.code === '40001') return new Problem('write_conflict');
  return new Problem('internal');
}
