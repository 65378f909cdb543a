import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that stops be gone as soon as the last request is answered. Node by itself keeps waiting for clients
 * that hold a connection open: one whose request was in flight when the stop began, for the whole keep-alive time, and
 * one that never sent anything, as browsers open them in advance, for as long as headers may take.
 */
export function registerDraining(fastify: FastifyInstance) {
  const requests = new Map<Socket, number>();
  let stopping = false;
  fastify.server.on('connection', (socket: Socket) => {
    requests.set(socket, 0);
    socket.on('close', () => requests.delete(socket));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.on('close', () => {
      if (requests.has(socket)) requests.set(socket, (requests.get(socket) ?? 1) - 1);
    });
  });
  fastify.addHook('preClose', (done) => {
    stopping = true;
    for (const [socket, inProgress] of requests) if (inProgress === 0) socket.destroy();
    done();
  });
  // Node then closes the connection after the answer.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}
