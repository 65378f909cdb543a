/**
 * Shares one read among concurrent callers. A caller that arrives during a read shares the next one, which starts when
 * the current one ends: no caller gets data that was read before it called, and at most one read runs at a time.
 */
export function coalesce<T>(read: () => Promise<T>): () => Promise<T> {
  let previous: Promise<void> = Promise.resolve();
  let next: Promise<T> | undefined;
  const start = () => {
    next = undefined;
    return read();
  };
  // The callers handle the error. Returning nothing keeps the result from staying in memory until the next call.
  const ignoreResult = () => {};
  return () => {
    if (next) return next;
    next = previous.then(start);
    previous = next.then(ignoreResult, ignoreResult);
    return next;
  };
}
