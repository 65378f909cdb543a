import { expect } from 'vitest';
import type { Client } from './client.ts';

const joined = (path: string, parameters: string) => `${path}${path.includes('?') ? '&' : '?'}${parameters}`;

async function page(client: Client, path: string) {
  const response = await client.get(path);
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  return response.body as { data: any[]; page: { next: string | null; previous: string | null; total?: number } };
}

/**
 * Returns a function that reads pages and fails at once if one repeats a row: a walk of pages of one row would otherwise
 * never end. A row that has changed since is no repetition.
 */
function startWalk(client: Client, path: string) {
  const seen = new Set<string>();
  return async (parameters: string) => {
    const read = await page(client, joined(path, parameters));
    for (const row of read.data.map((each) => JSON.stringify(each))) {
      expect(seen.has(row), `${joined(path, parameters)} repeats ${row}`).toBe(false);
      seen.add(row);
    }
    return read;
  };
}

/** Reads all rows of a list by following `next` from the start. @param between called between pages */
export async function walkForward(client: Client, path: string, limit: number, between?: () => Promise<unknown>) {
  const read = startWalk(client, path);
  const pages = [await read(`limit=${limit}`)];
  for (let next = pages[0]?.page.next; next; next = pages.at(-1)?.page.next) {
    expect(pages.at(-1)?.data, 'a page before another one has rows').not.toEqual([]);
    await between?.();
    pages.push(await read(`limit=${limit}&after=${next}`));
  }
  return { rows: pages.flatMap(({ data }) => data), last: pages.at(-1) };
}

/** Reads all rows of a list from the last page by following `previous` to the start. */
export async function walkBackward(client: Client, path: string, limit: number) {
  const { last } = await walkForward(client, path, limit);
  const read = startWalk(client, path);
  const rows = [...(last?.data ?? [])];
  for (let previous = last?.page.previous; previous; ) {
    const before = await read(`limit=${limit}&before=${previous}`);
    expect(before.page.next, 'a page before another one has a next cursor').not.toBeNull();
    rows.unshift(...before.data);
    previous = before.page.previous;
  }
  return rows;
}

/** Reads all rows of a list by page number up to the first empty page, and the distinct totals of the pages. */
export async function walkNumbered(client: Client, path: string, limit: number) {
  const read = startWalk(client, path);
  const rows: any[] = [];
  const totals = new Set<number | undefined>();
  for (let number = 1; ; number += 1) {
    const { data, page: meta } = await read(`limit=${limit}&page=${number}&total=true`);
    totals.add(meta.total);
    if (data.length === 0) return { rows, totals: [...totals] };
    rows.push(...data);
  }
}
