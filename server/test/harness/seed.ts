import { expect } from 'vitest';
import type { Client } from './client.ts';

let count = 0;

/** A name that nothing else in this test file has. */
export function unique(word: string): string {
  count += 1;
  return `${word} ${count}`;
}

async function created(client: Client, path: string, body: object) {
  const answer = await client.post(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

/** Writes through the front door; published unless the body says otherwise. */
export const newArticle = (client: Client, body: object = {}) =>
  created(client, '/articles', { title: unique('Text'), ...body });
export const newCategory = (client: Client, body: object = {}) =>
  created(client, '/categories', { name: unique('Rubric'), ...body });
export const newAuthor = (client: Client, body: object = {}) =>
  created(client, '/authors', { name: unique('Writer'), ...body });

/** @param much how many, @param make gives the nth, counting from 0; one after the other, so that ids rise */
export async function times<T>(much: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let n = 0; n < much; n += 1) all.push(await make(n));
  return all;
}

export const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

/** An instant this many minutes from now; negative for the past. */
export const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
