import { expect } from 'vitest';
import type { Client } from './client.ts';

const joined = (path: string, parameters: string) => `${path}${path.includes('?') ? '&' : '?'}${parameters}`;

async function page(client: Client, path: string) {
  const response = await client.get(path);
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  return response.body as { data: any[]; page: { next: string | null; previous: string | null; total?: number } };
}

/** Reads all rows of a list by following `next` from the start. @param between called between pages */
export async function walkForward(client: Client, path: string, limit: number, between?: () => Promise<unknown>) {
  const pages = [await page(client, joined(path, `limit=${limit}`))];
  for (let next = pages[0]?.page.next; next; next = pages.at(-1)?.page.next) {
    await between?.();
    pages.push(await page(client, joined(path, `limit=${limit}&after=${next}`)));
  }
  return { rows: pages.flatMap(({ data }) => data), last: pages.at(-1) };
}

/** Reads all rows of a list from the last page by following `previous` to the start. */
export async function walkBackward(client: Client, path: string, limit: number) {
  const { last } = await walkForward(client, path, limit);
  const rows = [...(last?.data ?? [])];
  for (let previous = last?.page.previous; previous; ) {
    const before = await page(client, joined(path, `limit=${limit}&before=${previous}`));
    expect(before.page.next, 'a page before another one has a next cursor').not.toBeNull();
    rows.unshift(...before.data);
    previous = before.page.previous;
  }
  return rows;
}

/** Reads all rows of a list by page number up to the first empty page, and the distinct totals of the pages. */
export async function walkNumbered(client: Client, path: string, limit: number) {
  const rows: any[] = [];
  const totals = new Set<number | undefined>();
  for (let number = 1; ; number += 1) {
    const { data, page: meta } = await page(client, joined(path, `limit=${limit}&page=${number}&total=true`));
    totals.add(meta.total);
    if (data.length === 0) return { rows, totals: [...totals] };
    rows.push(...data);
  }
}
