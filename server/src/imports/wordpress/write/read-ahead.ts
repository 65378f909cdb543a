/**
 * Calls `work` for each item, one after the other, and reads the next item meanwhile: Node parses the file while PostgreSQL
 * writes. One item ahead, not more, so that memory stays flat. After an error nothing is still running, because the
 * transaction then ends.
 */
export async function forEachReadAhead<T>(items: AsyncGenerator<T>, work: (item: T) => Promise<void>): Promise<void> {
  try {
    let next = await items.next();
    while (!next.done) {
      const working = work(next.value);
      const reading = items.next();
      // An error of the reader is thrown below.
      reading.catch(() => {});
      await working;
      next = await reading;
    }
  } finally {
    await items.return(undefined);
  }
}
