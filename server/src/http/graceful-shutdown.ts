import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes the server as soon as the last request has its response. Without this, Node waits for open connections: one
 * whose request was in flight when the shutdown began stays for the whole keep-alive timeout, and one that never sent a
 * request (browsers open them in advance) stays for the headers timeout.
 */
export function registerGracefulShutdown(fastify: FastifyInstance) {
  const openResponses = new Map<Socket, Set<ServerResponse>>();
  let isStopping = false;
  fastify.server.on('connection', (socket: Socket) => {
    openResponses.set(socket, new Set());
    socket.on('close', () => openResponses.delete(socket));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = openResponses.get(socket);
    responses?.add(response);
    response.on('close', () => responses?.delete(response));
    if (isStopping) response.shouldKeepAlive = false;
  });
  fastify.addHook('preClose', (done) => {
    isStopping = true;
    for (const [socket, responses] of openResponses) {
      if (responses.size === 0) socket.destroy();
      // Node then sends `connection: close` and closes the connection after the response.
      for (const response of responses) response.shouldKeepAlive = false;
    }
    done();
  });
}
