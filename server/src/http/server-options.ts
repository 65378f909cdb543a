import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem, toProblem } from './problem.filter.ts';
import { PROBLEMS, Problem, type ProblemCode, problemBody } from './problems.ts';
import { MAX_HEADER_BYTES } from './request-limits.ts';
import { SECURITY_HEADERS, setResponseHeaders } from './response-headers.ts';

/** Longer than any percent-encoded id or slug. */
const MAX_PATH_SEGMENT = 1_000;

/**
 * Returns the Fastify options: all limits, and RFC 9457 responses for requests that Fastify rejects before they reach
 * Nest.
 */
export function fastifyOptions({ limits, trustedProxies }: Config) {
  return {
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // Requests that arrive on an open connection during shutdown are served; the shutdown waits for them.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PATH_SEGMENT, ignoreTrailingSlash: true },
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      // See request-head.ts.
      requireHostHeader: false,
      headersTimeout: limits.requestTimeoutMs,
      // How often Node checks for requests that exceeded their timeout; the default is 30 seconds.
      connectionsCheckingInterval: Math.min(limits.requestTimeoutMs, 5_000),
    },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      setResponseHeaders(request, reply);
      sendProblem(reply, toProblem(error), request);
    },
    clientErrorHandler,
  } as const;
}

const CLIENT_ERRORS: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Bytes that are not HTTP have no request and no reply object, so the response is written to the socket directly. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket) {
  // A response that is already being sent must not be interrupted by another one.
  const { _httpMessage: currentResponse } = socket as Socket & { _httpMessage?: ServerResponse };
  if (error.code === 'ECONNRESET' || !socket.writable || currentResponse?.headersSent) return socket.destroy();
  const code = CLIENT_ERRORS[error.code ?? ''] ?? 'invalid_http';
  const body = JSON.stringify(problemBody(new Problem(code), '/'));
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const { status } = PROBLEMS[code];
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
}
