import type { Socket } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { addressKey } from '../rate-limits/address.ts';

/** The client of a request, as queues distinguish clients. */
export interface Requester {
  /** The key of `request.ip`, which is taken from `X-Forwarded-For` only behind a proxy listed in `TRUST_PROXY`. */
  address: string;
  /** Aborted when the client closes its connection. All requests of a connection have the same signal. */
  signal: AbortSignal;
}

/** Injects the client of the request. */
export const CurrentRequester = createParamDecorator((_: unknown, context: ExecutionContext): Requester => {
  const { ip, socket } = context.switchToHttp().getRequest<FastifyRequest>();
  return { address: addressKey(ip), signal: closeSignal(socket) };
});

const closeSignals = new WeakMap<Socket, AbortSignal>();

function closeSignal(socket: Socket): AbortSignal {
  const existing = closeSignals.get(socket);
  if (existing) return existing;
  const controller = new AbortController();
  socket.once('close', () => controller.abort());
  closeSignals.set(socket, controller.signal);
  return controller.signal;
}
