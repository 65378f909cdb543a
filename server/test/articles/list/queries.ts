import fc from 'fast-check';
import type { Query, Sort, Status, Term, World } from './oracle.ts';
import { INSTANTS, type Made, WORDS } from './worlds.ts';

/** A row by its place among all and the way to call it; the last two call what does not exist. */
const name = fc.record({
  n: fc.nat(60),
  by: fc.constantFrom('id', 'id', 'id', 'slug', 'slug', 'slug', 'zeros', 'unknownId', 'unknownSlug'),
});
const few = fc.array(name, { minLength: 1, maxLength: 4 });

/** Most filters leave most of their parts out, so that they match something. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary }, { weight: 3, arbitrary: fc.constant(null) });

const word = fc.constantFrom(...WORDS);
const term: fc.Arbitrary<Term> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ words: word.map((each) => [each]), phrase: fc.constant(false), excluded: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      words: fc.tuple(word, word),
      phrase: fc.constant(true),
      excluded: fc.constantFrom(false, false, true),
    }),
  },
);
const beginning = fc.tuple(word, fc.integer({ min: 1, max: 9 })).map(([each, length]) => ({
  words: [each.slice(0, length)],
  phrase: false,
  excluded: false,
}));
const terms = fc
  .tuple(fc.array(term, { maxLength: 2 }), fc.oneof(beginning, term))
  .map(([head, last]) => [...head, last]);
const search = fc.oneof(
  { weight: 3, arbitrary: terms.map((only) => [only]) },
  { weight: 1, arbitrary: fc.tuple(terms, terms) },
);

const FIELDS = [
  'id',
  'title',
  'slug',
  'excerpt',
  'content',
  'status',
  'publishedAt',
  'version',
  'categories',
  'authors',
];
const STATUSES: Status[] = ['draft', 'scheduled', 'published', 'trashed'];
const SORTS: Sort[] = [
  '-publishedAt',
  '-publishedAt',
  '-publishedAt',
  'publishedAt',
  'title',
  '-title',
  'updatedAt',
  '-updatedAt',
  'relevance',
];

export const querySpecs = fc.record({
  path: fc.option(name, { freq: 2 }),
  any: seldom(few),
  all: seldom(few),
  none: seldom(few),
  descendants: fc.boolean(),
  authors: seldom(few),
  statuses: seldom(fc.subarray(STATUSES, { minLength: 1 })),
  since: seldom(fc.constantFrom(...INSTANTS, '2998-06-01T00:00:00.000Z')),
  until: seldom(fc.constantFrom(...INSTANTS, '2998-06-01T00:00:00.000Z')),
  search: seldom(search),
  sort: fc.constantFrom(...SORTS),
  limit: fc.constantFrom(1, 2, 3, 7, 20, 100),
  total: fc.boolean(),
  facets: fc.boolean(),
  fields: seldom(fc.subarray(FIELDS, { minLength: 1 })),
});
type QuerySpec = Made<typeof querySpecs>;

/** The query that a specification means in a world. A path names a category that exists: an unknown one is a 404. */
export function queryOf(spec: QuerySpec, { categories, authors }: World): Query {
  const call = (rows: { id: number; slug: string }[]) => (each: Made<typeof name>) => nameOf(each, rows);
  const byPath =
    spec.path && categories.length > 0
      ? { ...spec.path, by: spec.path.by === 'slug' ? ('slug' as const) : ('id' as const) }
      : null;
  return {
    ...spec,
    path: byPath && call(categories)(byPath),
    any: spec.any?.map(call(categories)) ?? null,
    all: spec.all?.map(call(categories)) ?? null,
    none: spec.none?.map(call(categories)) ?? null,
    authors: spec.authors?.map(call(authors)) ?? null,
    sort: spec.sort === 'relevance' && !spec.search ? 'publishedAt' : spec.sort,
  };
}

function nameOf({ n, by }: Made<typeof name>, rows: { id: number; slug: string }[]): string {
  const row = rows[n % rows.length];
  if (!row || by === 'unknownId') return String(900_000 + n);
  if (by === 'unknownSlug') return `nowhere-${n}`;
  return by === 'slug' ? row.slug : by === 'zeros' ? `00${row.id}` : String(row.id);
}

const rendered = ({ words, phrase, excluded }: Term) =>
  `${excluded ? '-' : ''}${phrase ? `"${words.join(' ')}"` : words[0]}`;

/** The request for it, without a cursor, page or limit. */
export function urlOf(query: Query, { total, facets, fields }: QuerySpec): string {
  const parameters: Record<string, string | undefined> = {
    'categories[any]': query.any?.join(),
    'categories[all]': query.all?.join(),
    'categories[none]': query.none?.join(),
    ...(query.descendants && { descendants: 'true' }),
    author: query.authors?.join(),
    status: query.statuses?.join(),
    'published[gte]': query.since ?? undefined,
    'published[lt]': query.until ?? undefined,
    q: query.search?.map((terms) => terms.map(rendered).join(' ')).join(' or '),
    sort: query.sort,
    ...(total && { total: 'true' }),
    ...(facets && { facets: 'categories' }),
    fields: fields?.join(),
  };
  const given = Object.entries(parameters).filter((each): each is [string, string] => each[1] !== undefined);
  return `${query.path === null ? '' : `/categories/${query.path}`}/articles?${new URLSearchParams(given)}`;
}
