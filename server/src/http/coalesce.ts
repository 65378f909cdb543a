/**
 * One read for all who ask at the same time. Who asks while one is under way shares the next, which begins when that one
 * has ended: nobody gets what was read before they asked, and never does more than one read run.
 */
export function coalesce<T>(read: () => Promise<T>): () => Promise<T> {
  let ended: Promise<void> = Promise.resolve();
  let next: Promise<T> | undefined;
  const begin = () => {
    next = undefined;
    return read();
  };
  // Whether it failed is for those who asked; and what it gave is not kept until somebody asks again.
  const forget = () => {};
  return () => {
    if (next) return next;
    next = ended.then(begin);
    ended = next.then(forget, forget);
    return next;
  };
}
