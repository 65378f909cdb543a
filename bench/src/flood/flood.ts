import { Connection } from '../load/connection.ts';

/** The number of responses with each status; `lost` counts connections that broke. */
export type Statuses = Record<string, number>;

/** Connections that send requests in a loop until they are stopped. */
export interface Flood {
  /** Closes the connections, with a request in flight on each. */
  stop(): { statuses: Statuses; perSecond: number };
}

/**
 * Opens connections that loop over the same requests, each starting at another one. A connection that breaks is reopened.
 *
 * @param requests the bytes of each
 */
export function startFlood(port: number, connections: number, requests: readonly string[]): Flood {
  const statuses: Statuses = {};
  const open = new Set<Connection>();
  const start = performance.now();
  const stopping = new AbortController();
  const count = (status: number | 'lost') => {
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const loop = async (first: number) => {
    let connection = new Connection(port, false);
    open.add(connection);
    for (let next = first; !stopping.signal.aborted; next += 1) {
      try {
        const { status } = await connection.send(requests[next % requests.length] ?? '');
        count(status);
      } catch {
        count('lost');
        open.delete(connection);
        connection = new Connection(port, false);
        open.add(connection);
      }
    }
  };
  for (let first = 0; first < connections; first += 1) void loop(first);
  return {
    stop: () => {
      stopping.abort();
      for (const connection of open) connection.close();
      const responses = Object.values(statuses).reduce((sum, each) => sum + each, 0);
      return { statuses, perSecond: responses / ((performance.now() - start) / 1_000) };
    },
  };
}
