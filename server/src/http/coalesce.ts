/**
 * One read for all who ask at the same time. Who asks while one is under way shares the next, which begins when that one
 * has ended: nobody gets what was read before they asked, and never does more than one read run.
 */
export function coalesce<T>(read: () => Promise<T>): () => Promise<T> {
  let previous: Promise<void> = Promise.resolve();
  let next: Promise<T> | undefined;
  const start = () => {
    next = undefined;
    return read();
  };
  // Whether it failed is for those who asked; and what it gave is not kept until somebody asks again.
  const ignoreResult = () => {};
  return () => {
    if (next) return next;
    next = previous.then(start);
    previous = next.then(ignoreResult, ignoreResult);
    return next;
  };
}
