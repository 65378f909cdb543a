import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { sendProblem, toProblem } from './problem.filter.ts';
import { PROBLEMS, Problem, type ProblemCode, problemBody } from './problems.ts';
import { SECURITY_HEADERS, setResponseHeaders } from './response-headers.ts';

/** Longer than any id or slug, as a path writes it. */
const MAX_PATH_SEGMENT = 1_000;

/** How Fastify reads requests: every limit, and an answer in our own words for what it refuses before Nest sees it. */
export function fastifyOptions({ limits, trustedProxies }: Config) {
  return {
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // What still arrives on an open connection is served, not turned away: stopping waits for it.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PATH_SEGMENT, ignoreTrailingSlash: true },
    http: {
      maxHeaderSize: 16_384,
      headersTimeout: limits.requestTimeoutMs,
      // How often Node looks for requests that are late; by itself every 30 seconds only.
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

/** What is not even HTTP has no request and no reply: the answer is written to the socket by hand. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket) {
  // An answer that is on its way must not get another one in its middle.
  const { _httpMessage: answering } = socket as Socket & { _httpMessage?: ServerResponse };
  if (error.code === 'ECONNRESET' || !socket.writable || answering?.headersSent) return socket.destroy();
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
