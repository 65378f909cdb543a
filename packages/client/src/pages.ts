interface Page<Row> {
  data: readonly Row[];
  page: { next: string | null };
}

/**
 * Reads a list page by page. Rows that are written between two pages neither repeat nor hide other rows.
 *
 * ```ts
 * for await (const { data } of pages((after) => listArticles({ query: { limit: 100, after } }))) …
 * ```
 */
export async function* pages<P extends Page<unknown>>(read: (after?: string) => Promise<P>): AsyncGenerator<P, void> {
  for (let after: string | undefined; ; ) {
    const page: P = await read(after);
    yield page;
    // The `next` of the event log is never null: an empty page means that there are no later events yet.
    if (page.page.next === null || page.data.length === 0) return;
    after = page.page.next;
  }
}

/** Reads a list row by row, one page at a time. */
export async function* rows<Row>(read: (after?: string) => Promise<Page<Row>>): AsyncGenerator<Row, void> {
  for await (const { data } of pages(read)) yield* data;
}
