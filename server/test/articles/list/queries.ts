import fc from 'fast-check';
import type { Query, Sort, Status, Term, World } from './oracle.ts';
import { type Generated, INSTANTS, WORDS } from './worlds.ts';

/** A reference to a row: its index, and the form of the reference; `unknownId` and `unknownSlug` match no row. */
const reference = fc.record({
  n: fc.nat(60),
  form: fc.constantFrom('id', 'id', 'id', 'slug', 'slug', 'slug', 'zeros', 'unknownId', 'unknownSlug'),
});
const references = fc.array(reference, { minLength: 1, maxLength: 4 });

/** The same, of an article, which a list takes by id only. */
const idReference = fc.record({ n: fc.nat(200), form: fc.constantFrom('id', 'id', 'id', 'zeros', 'unknownId') });

/** Most queries leave out most parameters, so that they match something. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
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
const prefix = fc.tuple(word, fc.integer({ min: 1, max: 9 })).map(([each, length]) => ({
  words: [each.slice(0, length)],
  phrase: false,
  excluded: false,
}));
const terms = fc.tuple(fc.array(term, { maxLength: 2 }), fc.oneof(prefix, term)).map(([head, last]) => [...head, last]);
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
  'hasDraft',
];
const STATUSES: Status[] = ['draft', 'scheduled', 'published', 'trashed'];
const SORTS: (Sort | null)[] = [
  null,
  null,
  null,
  'rank',
  'rank',
  'rank',
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
  path: fc.option(reference, { freq: 2 }),
  any: rarely(references),
  all: rarely(references),
  none: rarely(references),
  descendants: fc.boolean(),
  authors: rarely(references),
  statuses: rarely(fc.subarray(STATUSES, { minLength: 1 })),
  since: rarely(fc.constantFrom(...INSTANTS, '2998-06-01T00:00:00.000Z')),
  ids: rarely(fc.array(idReference, { minLength: 1, maxLength: 100, size: 'max' })),
  uncategorised: fc.nat(5).map((n) => n === 0),
  hasDraft: fc.nat(5).map((n) => n === 0),
  until: rarely(fc.constantFrom(...INSTANTS, '2998-06-01T00:00:00.000Z')),
  search: rarely(search),
  sort: fc.constantFrom(...SORTS),
  limit: fc.constantFrom(1, 2, 3, 7, 20, 100),
  total: fc.boolean(),
  facets: fc.boolean(),
  fields: rarely(fc.subarray(FIELDS, { minLength: 1 })),
});
type QuerySpec = Generated<typeof querySpecs>;

/** Translates a specification into a query of a world. Its path has an existing category: an unknown one is a 404. */
export function queryOf(spec: QuerySpec, { articles, categories, authors }: World): Query {
  const resolve = (rows: { id: number; slug: string }[]) => (each: Generated<typeof reference>) =>
    idOrSlugOf(each, rows);
  const pathReference =
    spec.path && categories.length > 0
      ? { ...spec.path, form: spec.path.form === 'slug' ? ('slug' as const) : ('id' as const) }
      : null;
  const filed = (references: Generated<typeof reference>[] | null) =>
    spec.uncategorised ? null : (references?.map(resolve(categories)) ?? null);
  const query: Query = {
    ...spec,
    path: pathReference && !spec.uncategorised ? resolve(categories)(pathReference) : null,
    any: filed(spec.any),
    all: filed(spec.all),
    none: filed(spec.none),
    ids: spec.ids?.map(resolve(articles)) ?? null,
    authors: spec.authors?.map(resolve(authors)) ?? null,
  };
  return canSort(query) ? query : { ...query, sort: 'publishedAt' };
}

/** By relevance requires a search, by rank one category. */
function canSort({ sort, search, path, any, all, descendants }: Query): boolean {
  if (sort === 'relevance') return search !== null;
  return sort !== 'rank' || (!descendants && (path !== null || [...(any ?? []), ...(all ?? [])].length === 1));
}

function idOrSlugOf({ n, form }: Generated<typeof reference>, rows: { id: number; slug: string }[]): string {
  const row = rows[n % rows.length];
  if (!row || form === 'unknownId') return String(900_000 + n);
  if (form === 'unknownSlug') return `nowhere-${n}`;
  return form === 'slug' ? row.slug : form === 'zeros' ? `00${row.id}` : String(row.id);
}

const rendered = ({ words, phrase, excluded }: Term) =>
  `${excluded ? '-' : ''}${phrase ? `"${words.join(' ')}"` : words[0]}`;

/** Returns the URL of a query, without a cursor, page or limit. */
export function urlOf(query: Query, { total, facets, fields }: QuerySpec): string {
  const parameters: Record<string, string | undefined> = {
    'categories[any]': query.any?.join(),
    'categories[all]': query.all?.join(),
    'categories[none]': query.none?.join(),
    ...(query.descendants && { descendants: 'true' }),
    author: query.authors?.join(),
    status: query.statuses?.join(),
    ids: query.ids?.join(),
    ...(query.uncategorised && { uncategorised: 'true' }),
    ...(query.hasDraft && { hasDraft: 'true' }),
    'published[gte]': query.since ?? undefined,
    'published[lt]': query.until ?? undefined,
    q: query.search?.map((terms) => terms.map(rendered).join(' ')).join(' or '),
    sort: query.sort ?? undefined,
    ...(total && { total: 'true' }),
    ...(facets && { facets: 'categories' }),
    fields: fields?.join(),
  };
  const present = Object.entries(parameters).filter((each): each is [string, string] => each[1] !== undefined);
  return `${query.path === null ? '' : `/categories/${query.path}`}/articles?${new URLSearchParams(present)}`;
}
