interface Page<Row> {
  data: readonly Row[];
  page: { next: string | null };
}

/**
 * Walks a list page by page. Rows that are written meanwhile neither repeat nor hide others.
 *
 * ```ts
 * for await (const { data } of pages((after) => listArticles({ query: { limit: 100, after } }))) …
 * ```
 */
export async function* pages<P extends Page<unknown>>(read: (after?: string) => Promise<P>): AsyncGenerator<P, void> {
  for (let after: string | undefined; ; ) {
    const page: P = await read(after);
    yield page;
    // The log of events has no end: its `next` is never null, and an empty page is the latest.
    if (page.page.next === null || page.data.length === 0) return;
    after = page.page.next;
  }
}

/** Walks a list row by row. */
export async function* rows<Row>(read: (after?: string) => Promise<Page<Row>>): AsyncGenerator<Row, void> {
  for await (const { data } of pages(read)) yield* data;
}
