import { expect } from 'vitest';
import type { Client } from './client.ts';

let count = 0;

/** Returns a name that is unique in this test file. */
export function unique(word: string): string {
  count += 1;
  return `${word} ${count}`;
}

async function created(client: Client, path: string, body: object) {
  const response = await client.post(path, body);
  expect(response.status, JSON.stringify(response.body)).toBe(201);
  return response.body;
}

/** Creates a row over HTTP. Articles are published unless the body says otherwise. */
export const newArticle = (client: Client, body: object = {}) =>
  created(client, '/articles', { title: unique('Text'), ...body });
/** An article as strangers see it: without what an editor sees besides. */
export const forStrangers = ({ hasDraft: _, ...article }: any) => article;
export const newCategory = (client: Client, body: object = {}) =>
  created(client, '/categories', { name: unique('Rubric'), ...body });
export const newAuthor = (client: Client, body: object = {}) =>
  created(client, '/authors', { name: unique('Writer'), ...body });

/** Calls `make` with 0, 1, 2 …, one call after the other, so that ids increase. */
export async function times<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let n = 0; n < count; n += 1) all.push(await make(n));
  return all;
}

export const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

/** Returns the time this many minutes from now; negative values are in the past. */
export const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
