import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that stops be gone as soon as the last request is answered. Node by itself keeps waiting for clients
 * that hold a connection open: one whose request was in flight when the stop began, for the whole keep-alive time, and
 * one that never sent anything, as browsers open them in advance, for as long as headers may take.
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
      // Node then says `connection: close`, and closes it after the answer.
      for (const response of responses) response.shouldKeepAlive = false;
    }
    done();
  });
}
