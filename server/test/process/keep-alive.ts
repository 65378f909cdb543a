import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const STATUS = /HTTP\/1\.1 (\d{3}) /g;

/** A connection that a client keeps open between requests. */
export interface KeptConnection {
  /** Sends requests at once, and does not wait. */
  send: (paths: string[], headers?: Record<string, string>) => void;
  /** Sends bytes as they are. */
  write: (bytes: string) => void;
  /** Resolves when this many responses have begun to arrive since the last call. */
  responses: (count: number) => Promise<void>;
  /** Resolves when the server has closed the connection, with all that it sent since the last call of `responses`. */
  closed: () => Promise<{ statuses: number[]; text: string }>;
}

/** Opens a connection, without a request. */
export async function keepConnection(origin: string): Promise<KeptConnection> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'connect');
  const closing = closed(socket);
  const statuses = () => [...text.matchAll(STATUS)].map(([, status]) => Number(status));
  return {
    send: (paths, headers = {}) => {
      const lines = Object.entries({ host: 'x', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`).join(''));
    },
    write: (bytes) => void socket.write(bytes),
    responses: async (count) => {
      while (statuses().length < count) await once(socket, 'data');
      text = '';
    },
    closed: async () => {
      await closing;
      return { statuses: statuses(), text };
    },
  };
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.on('close', () => resolve()));
