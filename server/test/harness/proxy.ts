import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A proxy between a server and its PostgreSQL that simulates network failures. */
export interface Proxy {
  /** The URL of the same database, through the proxy. */
  url: string;
  /** Closes all connections and accepts no new ones. */
  disconnect(): Promise<void>;
  /** Silently drops all traffic and keeps the connections open. */
  stall(): void;
  /** Works normally again. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const target = socketOf(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), 'rubric-proxy-'));
  const path = join(directory, `.s.PGSQL.${target.port}`);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const forward = (client: Socket) => {
    const server = dial(target.path);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => isStalled || to.write(bytes));
      from.on('close', () => to.destroy() && sockets.delete(from));
      from.on('error', () => to.destroy());
    }
  };
  const listen = async () => {
    const server = createServer(forward).listen(path);
    await once(server, 'listening');
    return server;
  };
  let listener: Server | undefined = await listen();
  const cut = async () => {
    const closed = listener && once(listener, 'close');
    listener?.close();
    listener = undefined;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: databaseUrl.replace(/host=[^&]+/, `host=${encodeURIComponent(directory)}`),
    disconnect: cut,
    stall: () => {
      isStalled = true;
    },
    restore: async () => {
      isStalled = false;
      listener ??= await listen();
    },
    close: async () => {
      await cut();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function socketOf(databaseUrl: string) {
  const { port, searchParams } = new URL(databaseUrl);
  return { port, path: join(searchParams.get('host') ?? '', `.s.PGSQL.${port}`) };
}
