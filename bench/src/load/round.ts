import { Connection } from './connection.ts';

/** What a round of one server on one workload gave. */
export interface Round {
  requests: number;
  /** From the first request to the last answer. */
  seconds: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** Stands for every status of success. */
export const ANY = 0;

/**
 * Keeps `connections` requests in flight for some seconds; those in flight then are waited for, and count.
 *
 * @param next the bytes of the next request
 * @throws Error when an answer has another status than the one expected
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
        const answer = await connection.send(next());
        if (answer.status !== status && (status !== ANY || answer.status >= 300)) {
          throw new Error(`The status is ${answer.status}, not ${status}.`);
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
  const sorted = Float64Array.from(took).sort();
  const percentile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    requests: sorted.length,
    seconds: elapsed,
    perSecond: sorted.length / elapsed,
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
}
