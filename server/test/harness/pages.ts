import { expect } from 'vitest';
import type { Client } from './client.ts';

const joined = (path: string, parameters: string) => `${path}${path.includes('?') ? '&' : '?'}${parameters}`;

async function page(client: Client, path: string) {
  const answer = await client.get(path);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as { data: any[]; page: { next: string | null; previous: string | null; total?: number } };
}

/** Every row of a list, by following `next` from the start. @param between called after each page */
export async function walkForward(client: Client, path: string, limit: number, between?: () => Promise<unknown>) {
  const pages = [await page(client, joined(path, `limit=${limit}`))];
  for (let next = pages[0]?.page.next; next; next = pages.at(-1)?.page.next) {
    await between?.();
    pages.push(await page(client, joined(path, `limit=${limit}&after=${next}`)));
  }
  return { rows: pages.flatMap(({ data }) => data), last: pages.at(-1) };
}

/** Every row of a list: the last page, then back by following `previous` to the start. */
export async function walkBackward(client: Client, path: string, limit: number) {
  const { last } = await walkForward(client, path, limit);
  const rows = [...(last?.data ?? [])];
  for (let previous = last?.page.previous; previous; ) {
    const before = await page(client, joined(path, `limit=${limit}&before=${previous}`));
    expect(before.page.next, 'a page that another follows').not.toBeNull();
    rows.unshift(...before.data);
    previous = before.page.previous;
  }
  return rows;
}

/** Every row of a list, by numbered pages up to the first empty one, and the total that each page gave. */
export async function walkNumbered(client: Client, path: string, limit: number) {
  const rows: any[] = [];
  const totals = new Set<number | undefined>();
  for (let number = 1; ; number += 1) {
    const { data, page: about } = await page(client, joined(path, `limit=${limit}&page=${number}&total=true`));
    totals.add(about.total);
    if (data.length === 0) return { rows, totals: [...totals] };
    rows.push(...data);
  }
}
