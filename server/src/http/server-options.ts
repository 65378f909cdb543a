import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem, toProblem } from './problem.filter.ts';
import { Problem, PROBLEMS, type ProblemCode, problemBody } from './problems.ts';

/** Longer than any id or slug, as a path writes it. */
const MAX_PARAMETER = 1_000;

/** How Fastify reads requests: every limit, and an answer in our own words for what it refuses before Nest sees it. */
export function fastifyOptions(limits: Config['limits']) {
  return {
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: MAX_PARAMETER },
    http: { maxHeaderSize: 16_384, headersTimeout: limits.requestTimeoutMs },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(reply, toProblem(error), request),
    clientErrorHandler,
  } as const;
}

const CLIENT_ERRORS: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** What is not even HTTP has no request and no reply: the answer is written to the socket by hand. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
  const code = CLIENT_ERRORS[error.code ?? ''] ?? 'invalid_http';
  const body = JSON.stringify(problemBody(new Problem(code), '/'));
  const { status, title } = PROBLEMS[code];
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
