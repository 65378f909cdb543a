import { Connection } from './connection.ts';

/** The result of one round of one server on one workload. */
export interface Round extends Latency {
  requests: number;
  /** From the first request to the last response. */
  seconds: number;
  perSecond: number;
}

/** Milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

/** @param took the milliseconds of each request */
export function latencyOf(took: readonly number[]): Latency {
  const sorted = Float64Array.from(took).sort();
  const percentile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: percentile(0.5), p99: percentile(0.99) };
}

/** Accepts every status below 300. */
export const ANY = 0;

/**
 * Keeps `connections` requests in flight for some seconds. Those in flight at the end are awaited, and count.
 *
 * @param next returns the bytes of the next request
 * @throws Error when a response has an unexpected status
 */
export async function runRound(
  { port, connections, seconds, status }: { port: number; connections: number; seconds: number; status: number },
  next: () => string | Buffer,
): Promise<Round> {
  const took: number[] = [];
  const start = performance.now();
  const deadline = start + seconds * 1000;
  const work = async () => {
    const connection = new Connection(port, false);
    try {
      for (let since = performance.now(); since < deadline; ) {
        const response = await connection.send(next());
        if (response.status !== status && (status !== ANY || response.status >= 300)) {
          throw new Error(`The status is ${response.status}, not ${status}.`);
        }
        const now = performance.now();
        took.push(now - since);
        since = now;
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsed = (performance.now() - start) / 1000;
  return { requests: took.length, seconds: elapsed, perSecond: took.length / elapsed, ...latencyOf(took) };
}
