import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * How many pipelined requests wait at most in all connections together; each takes about 5 kB. The connection with the next
 * one is closed.
 */
const MAX_WAITING = 10_000;
/**
 * The server stops reading a connection while more of its requests wait. Node parses a whole read at once, some 1,400 small
 * requests.
 */
const READ_AHEAD = 100;

/**
 * Serves the requests of a connection one after the other. Node hands over all pipelined requests at once: 20 connections
 * with 200 lists each kept everybody else waiting for 18 s, went on after they had hung up, and took 2 GB. Responses must be
 * in the order of their requests anyway, and a read must see the write before it. Requests that wait are dropped when their connection closes.
 */
export function registerPipelining(fastify: FastifyInstance) {
  /** The requests that wait, by connection. Contains the connections of which a request is being served. */
  const connections = new Map<Socket, (() => void)[]>();
  let waitingInAll = 0;

  const drop = (socket: Socket) => {
    waitingInAll -= connections.get(socket)?.length ?? 0;
    connections.delete(socket);
  };

  const serveNext = (socket: Socket) => {
    const waiting = connections.get(socket) ?? [];
    const next = socket.destroyed ? undefined : waiting.shift();
    if (!next) return drop(socket);
    waitingInAll -= 1;
    if (waiting.length === READ_AHEAD) socket.resume();
    next();
  };

  fastify.addHook('onRequest', ({ raw: { socket } }, reply, done) => {
    // What was read together with the request that closed the connection.
    if (socket.destroyed) return;
    const serve = () => {
      reply.raw.once('close', () => serveNext(socket));
      done();
    };
    const waiting = connections.get(socket);
    if (waiting === undefined) {
      connections.set(socket, []);
      return serve();
    }
    if (waitingInAll >= MAX_WAITING) {
      drop(socket);
      return void socket.destroy();
    }
    waitingInAll += 1;
    // Node resumes the socket when the request has been parsed.
    if (waiting.push(serve) > READ_AHEAD) process.nextTick(() => waiting.length > READ_AHEAD && socket.pause());
  });
}
