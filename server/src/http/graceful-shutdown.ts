import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * How long a connection is silent before it is closed. A request that was sent before the signal arrives within this time.
 */
const IDLE_SILENCE_MS = 200;
/** The same for a connection that has sent a part of a request's head. */
const PARTIAL_SILENCE_MS = 2_000;

interface Connection {
  socket: Socket;
  /** The responses that are not finished, in the order of their requests. */
  responses: Set<ServerResponse>;
  /** `socket.bytesRead` when the last response finished. More bytes are the beginning of a request. */
  bytesOfRequests: number;
}

/**
 * Closes the server as soon as the last request has its response. Requests that have arrived when the shutdown begins, or
 * arrive shortly after, are answered with `Connection: close`. `server.close()` alone drops requests in the buffers of the
 * kernel, because it destroys idle connections without reading from them. It also waits for open connections: one with a
 * request in flight stays for the whole keep-alive timeout, and one that never sent a request (browsers open them in
 * advance) stays for the headers timeout.
 *
 * @param timeoutMs `SHUTDOWN_TIMEOUT_MS`; idle connections get at most half of it
 */
export function registerGracefulShutdown(fastify: FastifyInstance, timeoutMs: number) {
  const connections = new Map<Socket, Connection>();
  const idleSilenceMs = Math.min(IDLE_SILENCE_MS, timeoutMs / 2);
  let isStopping = false;

  fastify.server.on('connection', (socket: Socket) => {
    const connection = { socket, responses: new Set<ServerResponse>(), bytesOfRequests: 0 };
    connections.set(socket, connection);
    socket.on('close', () => connections.delete(socket));
    if (isStopping) void closeWhenSilent(connection, idleSilenceMs);
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket);
    if (!connection) return;
    connection.responses.add(response);
    response.on('close', () => {
      connection.responses.delete(response);
      connection.bytesOfRequests = socket.bytesRead;
      if (isStopping) void closeWhenSilent(connection, idleSilenceMs);
    });
    if (isStopping) announceClose(connection);
  });
  fastify.addHook('preClose', async () => {
    isStopping = true;
    // One turn of the event loop accepts waiting connections, the next one reads what they have sent.
    await endOfTurn();
    await endOfTurn();
    for (const connection of connections.values()) {
      announceClose(connection);
      void closeWhenSilent(connection, idleSilenceMs);
    }
    // Then Fastify calls `server.close()`.
    if (connections.size > 0) await silence(idleSilenceMs);
  });
}

/**
 * Waits, and then lets the event loop read: in a busy process the timer can fire before bytes that have arrived are read.
 */
async function silence(ms: number): Promise<void> {
  await delay(ms, undefined, { ref: false });
  await endOfTurn();
}

/**
 * Marks the last open response of a connection as the last of all: Node closes the connection after it. Earlier responses
 * are those of pipelined requests; Fastify marks them too.
 */
function announceClose({ responses }: Connection) {
  const last = [...responses].at(-1);
  for (const response of responses) {
    if (response.headersSent) continue;
    response.shouldKeepAlive = response !== last;
    if (response !== last) response.removeHeader('connection');
  }
}

/** Closes a connection on which no bytes arrive while it has no open response. Resolves as soon as it has one. */
async function closeWhenSilent(connection: Connection, idleSilenceMs: number): Promise<void> {
  const { socket, responses } = connection;
  while (responses.size === 0 && !socket.destroyed) {
    const { bytesRead } = socket;
    await silence(bytesRead > connection.bytesOfRequests ? PARTIAL_SILENCE_MS : idleSilenceMs);
    if (responses.size === 0 && socket.bytesRead === bytesRead) socket.destroy();
  }
}
