import { Connection, httpRequest } from '../load/connection.ts';
import { type Latency, latencyOf } from '../load/round.ts';
import type { Load } from '../loads/shapes.ts';
import { seeded } from '../random.ts';

/** The measurements of the client that sends cheap requests. */
export interface Readings extends Latency {
  requests: number;
  /** Responses other than 200. */
  refused: number;
}

/** Returns a function that returns the bytes of the next request: an article, a page of a category, or the health check. */
export function cheapRequests({ articles, categories }: Load): () => string {
  const random = seeded(13);
  const upTo = (count: number) => 1 + Math.floor(random() * count);
  const paths = [
    () => `/articles/${upTo(articles)}`,
    () => `/categories/${upTo(categories)}/articles`,
    () => '/health/ready',
  ];
  let next = 0;
  return () => httpRequest({ method: 'GET', path: paths[(next += 1) % paths.length]?.() ?? '' });
}

/** Sends one request after the other on one connection, for some seconds. @param next returns the bytes of the next request */
export async function readFor(seconds: number, port: number, next: () => string): Promise<Readings> {
  const connection = new Connection(port, false);
  const took: number[] = [];
  let refused = 0;
  const deadline = performance.now() + seconds * 1_000;
  try {
    for (let since = performance.now(); since < deadline; ) {
      const { status } = await connection.send(next());
      if (status !== 200) refused += 1;
      const now = performance.now();
      took.push(now - since);
      since = now;
    }
  } finally {
    connection.close();
  }
  return { requests: took.length, refused, ...latencyOf(took) };
}
