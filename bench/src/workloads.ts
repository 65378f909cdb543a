import type { FormName } from './floor/forms.ts';
import { type Call, httpRequest } from './load/connection.ts';
import { ANY } from './load/round.ts';
import type { Sample } from './sample.ts';
import { NUMBERS, ROOTS, SHAPE, WORDS } from './seed.ts';
import type { ServerName } from './servers.ts';

export interface Workload {
  name: string;
  title: string;
  /** The target: at least this share of the floor's requests per second. */
  ofFloor?: number;
  status: number;
  writes?: true;
  /** Returns request number `number`, which is the same for all servers. */
  call(number: number): Call & { textbookPath?: string };
}

const READS_OF_FLOOR = 0.85;
const WRITES_OF_FLOOR = 0.5;
/** The number of reads that are built before the rounds. After the last, they repeat. */
const BUILT_READS = 4096;

type Makes = Workload['call'];

/** Returns the twelve workloads. */
export function workloads(sample: Sample): Workload[] {
  const reads = readsOf(sample);
  const writes = writesOf(sample);
  const mixed: Makes = (number) => {
    const die = sample.random();
    if (die < 0.03) return writes.create(number);
    if (die < 0.05) return writes.replace(number);
    const read = die < 0.45 ? reads.one : die < 0.85 ? reads.newest : die < 0.92 ? reads.deep : reads.both;
    return read(number);
  };
  const depth = sample.depth.toLocaleString('en');
  const read = { ofFloor: READS_OF_FLOOR, status: 200 };
  const write = { ofFloor: WRITES_OF_FLOOR, writes: true } as const;
  return [
    { ...read, name: 'W1', title: 'one article by id', call: reads.one },
    { ...read, name: 'W2', title: 'newest 20 of a category', call: reads.newest },
    { ...read, name: 'W3', title: `the same, ${depth} rows deep`, call: reads.deep },
    { ...read, name: 'W4', title: 'all of two', call: reads.both },
    { ...read, name: 'W5', title: 'any of ten', call: reads.any },
    { ...read, name: 'W6', title: 'a subtree of 100 categories', call: reads.subtree },
    { ...read, name: 'W7', title: 'all of one, none of another', call: reads.without },
    { ...write, name: 'W8', title: 'create with 5 categories', status: 201, call: writes.create },
    { ...write, name: 'W9', title: 'replace 5 by 5', status: 200, call: writes.replace },
    { name: 'W10', title: 'the tree with counts', status: 200, call: reads.tree },
    { name: 'W11', title: 'search in a category', status: 200, call: reads.search },
    { name: 'W12', title: '95% reads, 5% writes', status: ANY, writes: true, call: mixed },
  ];
}

function readsOf({ random, article, category, categories, deep }: Sample) {
  const get =
    (path: () => string): Makes =>
    () => ({ method: 'GET', path: path() });
  const below = (end: number) => Math.floor(random() * end);
  return {
    one: get(() => `/articles/${article()}`),
    newest: get(() => `/categories/${category()}/articles`),
    deep: (() => {
      const place = deep[below(deep.length)];
      if (!place) throw new Error('No category is deep enough.');
      const path = `/categories/${place.category}/articles`;
      return { method: 'GET', path: `${path}?after=${place.cursor}`, textbookPath: `${path}?page=${place.page}` };
    }) as Makes,
    both: get(() => `/articles?categories[all]=${categories(2).join()}`),
    any: get(() => `/articles?categories[any]=${categories(10).join()}`),
    subtree: get(() => `/articles?categories[any]=${1 + below(ROOTS)}&descendants=true`),
    without: get(() => {
      const [one, another] = categories(2);
      return `/articles?categories[all]=${one}&categories[none]=${another}`;
    }),
    tree: get(() => '/categories?tree=true'),
    search: get(() => `/articles?q=${WORDS[below(WORDS.length)]}${below(NUMBERS)}&categories[all]=${category()}`),
  };
}

function writesOf({ run, updatable, categories }: Sample): Record<'create' | 'replace', Makes> {
  const content = 'bread and salt '.repeat(SHAPE.contentBytes / 15);
  return {
    create: (number) => ({
      method: 'POST',
      path: '/articles',
      body: JSON.stringify({ title: `Bench ${run} ${number}`, content, categoryIds: categories(5) }),
    }),
    // Alternates between even and odd categories, so that all five links are replaced.
    replace: (number) => ({
      method: 'PATCH',
      path: `/articles/${updatable[number % updatable.length]}`,
      body: JSON.stringify({ categoryIds: categories(5, Math.floor(number / updatable.length) % 2) }),
    }),
  };
}

/** The server that requests go to. */
export interface Target {
  server: ServerName;
  form: FormName;
  token: string;
}

/**
 * Returns a function that returns the bytes of the next request for a server. Reads are built beforehand. Writes are
 * numbered across all rounds, so that each creates a new title or links five new categories.
 */
export function requestsFor(workload: Workload, target: Target, count: { next: number }): () => string | Buffer {
  const bytes = (number: number) => requestBytes(workload.call(number), target);
  if (workload.writes) return () => bytes((count.next += 1));
  const requests = Array.from({ length: BUILT_READS }, (_, number) => Buffer.from(bytes(number)));
  return () => requests[(count.next += 1) % BUILT_READS] as Buffer;
}

/** Returns a request in the form of one server: only the floor has two forms, and only Rubric authenticates writes. */
export function requestBytes(call: ReturnType<Workload['call']>, { server, form, token }: Target): string {
  const path =
    server === 'floor' ? `/${form}${call.path}` : server === 'textbook' ? (call.textbookPath ?? call.path) : call.path;
  return httpRequest({ ...call, path, token: server === 'rubric' && call.method !== 'GET' ? token : undefined });
}
