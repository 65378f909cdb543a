import type { FormName } from './floor/article.ts';
import { type Call, httpRequest } from './load/connection.ts';
import type { Sample } from './sample.ts';
import { NUMBERS, ROOTS, SHAPE, WORDS } from './seed.ts';
import type { ServerName } from './servers.ts';

export interface Workload {
  name: string;
  title: string;
  /** The least share of the floor's requests per second that is wanted. */
  ofFloor?: number;
  status: number;
  writes?: true;
  /** The `number`-th request, the same one for all servers. */
  call(number: number): Call & { textbookPath?: string };
}

/** How many requests are made before a round; they repeat after these. */
const PREPARED = 4096;

/** The workloads that issue 3 names. */
export function workloads(sample: Sample): Workload[] {
  const { random, article, category, categories } = sample;
  const get = (path: () => string) => () => ({ method: 'GET', path: path() }) as const;
  const list = (query: () => string) => get(() => `/articles?${query()}`);
  const content = 'bread and salt '.repeat(SHAPE.contentBytes / 15);
  const create = (number: number): Call => ({
    method: 'POST',
    path: '/articles',
    body: JSON.stringify({ title: `Bench ${sample.run} ${number}`, content, categoryIds: categories(5) }),
  });
  // Even and odd categories in turn, so that none of the five stays.
  const replace = (number: number): Call => ({
    method: 'PATCH',
    path: `/articles/${sample.own[number % sample.own.length]}`,
    body: JSON.stringify({ categoryIds: categories(5, Math.floor(number / sample.own.length) % 2) }),
  });
  const deep = () => {
    const { category, page, cursor } = sample.deep[Math.floor(random() * sample.deep.length)] ?? { category: 1, page: 1, cursor: '' };
    const path = `/categories/${category}/articles`;
    return { method: 'GET', path: `${path}?after=${cursor}`, textbookPath: `${path}?page=${page}` } as const;
  };
  const one = get(() => `/articles/${article()}`);
  const newest = get(() => `/categories/${category()}/articles`);
  const both = list(() => `categories[all]=${categories(2).join()}`);
  const mixed = (number: number): Call => {
    const die = random();
    if (die < 0.03) return create(number);
    if (die < 0.05) return replace(number);
    return die < 0.45 ? one() : die < 0.85 ? newest() : die < 0.92 ? deep() : both();
  };
  const word = () => `${WORDS[Math.floor(random() * WORDS.length)]}${Math.floor(random() * NUMBERS)}`;
  const without = () => categories(2);
  return [
    { name: 'W1', title: 'one article by id', ofFloor: 0.85, status: 200, call: one },
    { name: 'W2', title: 'newest 20 of a category', ofFloor: 0.85, status: 200, call: newest },
    { name: 'W3', title: `the same, ${sample.depth.toLocaleString('en')} rows deep`, ofFloor: 0.85, status: 200, call: deep },
    { name: 'W4', title: 'all of two', ofFloor: 0.85, status: 200, call: both },
    { name: 'W5', title: 'any of ten', ofFloor: 0.85, status: 200, call: list(() => `categories[any]=${categories(10).join()}`) },
    {
      name: 'W6',
      title: 'a subtree of 100 categories',
      ofFloor: 0.85,
      status: 200,
      call: list(() => `categories[any]=${1 + Math.floor(random() * ROOTS)}&descendants=true`),
    },
    {
      name: 'W7',
      title: 'all of one, none of another',
      ofFloor: 0.85,
      status: 200,
      call: list(() => without().map((id, index) => `categories[${index === 0 ? 'all' : 'none'}]=${id}`).join('&')),
    },
    { name: 'W8', title: 'create with 5 categories', ofFloor: 0.75, status: 201, writes: true, call: create },
    { name: 'W9', title: 'replace 5 by 5', ofFloor: 0.75, status: 200, writes: true, call: replace },
    { name: 'W10', title: 'the tree with counts', status: 200, call: get(() => '/categories?tree=true') },
    { name: 'W11', title: 'search in a category', status: 200, call: list(() => `q=${word()}&categories[all]=${category()}`) },
    { name: 'W12', title: '95% reads, 5% writes', status: 0, writes: true, call: mixed },
  ];
}

/** Whom requests go to. */
export interface Target {
  server: ServerName;
  form: FormName;
  token: string;
}

/**
 * Gives the bytes of one request after the other, for a server. Reads are made beforehand. Writes are numbered through
 * over all rounds, so that no title is taken and no five categories are there already.
 */
export function requestsFor(workload: Workload, target: Target, count: { next: number }): () => string | Buffer {
  const bytes = (number: number) => requestBytes(workload.call(number), target);
  if (workload.writes) return () => bytes((count.next += 1));
  const made = Array.from({ length: PREPARED }, (_, number) => Buffer.from(bytes(number)));
  return () => made[(count.next += 1) % PREPARED] as Buffer;
}

/** One request as a server takes it: only the floor has two forms, only Rubric asks who writes. */
export function requestBytes(call: ReturnType<Workload['call']>, { server, form, token }: Target): string {
  const path = server === 'floor' ? `/${form}${call.path}` : server === 'textbook' ? (call.textbookPath ?? call.path) : call.path;
  return httpRequest({ ...call, path, token: server === 'rubric' && call.method !== 'GET' ? token : undefined });
}
