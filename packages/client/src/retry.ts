/** Waits before the second and the third attempt, in milliseconds. A browser that changes networks takes about a second. */
const DELAYS_MS = [250, 1_000];
/** If the server asks for a longer wait, the caller gets its response and can show it. */
const MAX_RETRY_AFTER_S = 5;

/**
 * Sends a request again if no response arrived, or if a 409 or 503 has a `Retry-After`: the database was unavailable, or
 * the server still processes the first request with this key. Only requests that have the same effect when they are sent
 * twice: reads, `PUT` and `DELETE` without `If-Match`, and every request with an `Idempotency-Key`.
 */
export const retrying =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    if (!isRepeatable(request)) return fetch(request);
    for (const delay of DELAYS_MS) {
      const attempt = await attemptOf(fetch, request.clone());
      if (attempt) {
        const after = retryAfter(attempt);
        if (after === undefined) return attempt;
        await pause(after * 1_000, request.signal);
      } else {
        await pause(delay, request.signal);
      }
    }
    return fetch(request);
  };

async function attemptOf(fetch: typeof globalThis.fetch, request: Request): Promise<Response | undefined> {
  try {
    return await fetch(request);
  } catch {
    return undefined;
  }
}

const isRepeatable = ({ method, headers }: Request) =>
  method === 'GET' ||
  method === 'HEAD' ||
  headers.has('Idempotency-Key') ||
  ((method === 'PUT' || method === 'DELETE') && !headers.has('If-Match'));

function retryAfter({ status, headers }: Response): number | undefined {
  if (status !== 503 && status !== 409) return undefined;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 && seconds <= MAX_RETRY_AFTER_S ? seconds : undefined;
}

/** @throws the reason of the signal when the request is aborted */
async function pause(ms: number, signal: AbortSignal) {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
  signal.throwIfAborted();
}
