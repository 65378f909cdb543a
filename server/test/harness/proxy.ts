import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands between a server and its PostgreSQL, and fails as networks do. */
export interface Proxy {
  /** The same database, through the proxy. */
  url: string;
  /** Cuts every connection and takes no new ones. */
  disconnect(): Promise<void>;
  /** Lets nothing through any more, and tells nobody. */
  stall(): void;
  /** All is well again. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const target = socketOf(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), 'rubric-proxy-'));
  const path = join(directory, `.s.PGSQL.${target.port}`);
  const open = new Set<Socket>();
  let stalled = false;
  const take = (client: Socket) => {
    const server = dial(target.path);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => stalled || to.write(bytes));
      from.on('close', () => to.destroy() && open.delete(from));
      from.on('error', () => to.destroy());
    }
  };
  const listen = async () => {
    const server = createServer(take).listen(path);
    await once(server, 'listening');
    return server;
  };
  let listener: Server | undefined = await listen();
  const cut = async () => {
    const closed = listener && once(listener, 'close');
    listener?.close();
    listener = undefined;
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    url: databaseUrl.replace(/host=[^&]+/, `host=${encodeURIComponent(directory)}`),
    disconnect: cut,
    stall: () => {
      stalled = true;
    },
    restore: async () => {
      stalled = false;
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
