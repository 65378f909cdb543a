import type { Article, Draft } from '@rubric/client';

/** What a writer changes of an article. */
export interface Fields {
  title: string;
  slug: string;
  excerpt: string;
  content: string;
  contentFormat: Article['contentFormat'];
  categoryIds: readonly number[];
  authorIds: readonly number[];
}
export type FieldName = keyof Fields;
export const FIELD_NAMES: readonly FieldName[] = [
  'title',
  'slug',
  'excerpt',
  'content',
  'contentFormat',
  'categoryIds',
  'authorIds',
];

export const EMPTY: Fields = {
  title: '',
  slug: '',
  excerpt: '',
  content: '',
  contentFormat: 'markdown',
  categoryIds: [],
  authorIds: [],
};

export const fieldsOf = (row: Article | Draft): Fields => ({
  title: row.title,
  slug: row.slug,
  excerpt: row.excerpt ?? '',
  content: row.content,
  contentFormat: row.contentFormat,
  categoryIds: row.categories.map(({ id }) => id),
  authorIds: row.authors.map(({ id }) => id),
});

/** The server trims titles, and keeps no empty excerpt: a value that differs only by that is the same. */
const normal = (name: FieldName, { [name]: value }: Fields): string =>
  name === 'title' ? String(value).trim() : Array.isArray(value) ? value.join() : String(value);

export const isSame = (name: FieldName, a: Fields, b: Fields): boolean => normal(name, a) === normal(name, b);

/** The fields in which two states of an article differ. */
export const differences = (a: Fields, b: Fields): FieldName[] => FIELD_NAMES.filter((name) => !isSame(name, a, b));

/** A copy of one state, with some fields of another. */
export function withFields(base: Fields, from: Fields, names: readonly FieldName[]): Fields {
  return { ...base, ...Object.fromEntries(names.map((name) => [name, from[name]])) };
}

export interface Merged {
  fields: Fields;
  /** Fields that only the other side changed. */
  taken: FieldName[];
  /** Fields that both changed, to different values; `fields` has those of this side. */
  conflicts: FieldName[];
}

/** Joins two changes of one state, by field. A text and its format are one. */
export function merge(before: Fields, mine: Fields, theirs: Fields): Merged {
  const here = new Set(differences(before, mine));
  const there = differences(before, theirs).filter((name) => !isSame(name, mine, theirs));
  if (here.has('content') && there.includes('contentFormat')) here.add('contentFormat');
  const conflicts = there.filter((name) => here.has(name));
  const taken = there.filter((name) => !here.has(name));
  return { fields: withFields(mine, theirs, taken), taken, conflicts };
}

export interface ArticleBody {
  title?: string;
  slug?: string;
  excerpt?: string | null;
  content?: string;
  contentFormat?: Article['contentFormat'];
  categoryIds?: number[];
  authorIds?: number[];
}

/** The body of a request that sets these fields. */
export function bodyOf(fields: Fields, names: readonly FieldName[]): ArticleBody {
  const body: ArticleBody = {};
  for (const name of names) {
    if (name === 'excerpt') body.excerpt = fields.excerpt.trim() === '' ? null : fields.excerpt;
    else if (name === 'categoryIds' || name === 'authorIds') body[name] = [...fields[name]];
    else if (name === 'contentFormat') body.contentFormat = fields.contentFormat;
    else body[name] = name === 'title' ? fields.title.trim() : fields[name];
  }
  return body;
}

/** What the body of a new article says of its fields, and of which. */
export const fieldsOfBody = (body: ArticleBody): { fields: Fields; names: FieldName[] } => ({
  fields: { ...EMPTY, ...body, excerpt: body.excerpt ?? '' },
  names: FIELD_NAMES.filter((name) => name in body),
});
