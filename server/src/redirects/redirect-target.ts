import { ADDRESSED_TYPES } from '../database/schema/enums.ts';
import { type IdOrSlug, idOrSlugParam } from '../http/wire.schema.ts';

/** The row that a path leads to. */
export interface RedirectTarget {
  type: (typeof ADDRESSED_TYPES)[number];
  id: number;
}

/** The target as columns of `redirects`: one of them contains the id; none does if the path is gone. */
export interface TargetColumns {
  articleId: number | null;
  categoryId: number | null;
  authorId: number | null;
}

interface RedirectRow extends TargetColumns {
  id: number;
  path: string;
  createdAt: Date;
}

export const columnsOf = (target: RedirectTarget | null): TargetColumns => ({
  articleId: target?.type === 'article' ? target.id : null,
  categoryId: target?.type === 'category' ? target.id : null,
  authorId: target?.type === 'author' ? target.id : null,
});

export function targetOf({ articleId, categoryId, authorId }: TargetColumns): RedirectTarget | null {
  if (articleId !== null) return { type: 'article', id: articleId };
  if (categoryId !== null) return { type: 'category', id: categoryId };
  return authorId === null ? null : { type: 'author', id: authorId };
}

/** A row of `redirects` as responses show it. */
export const toRedirect = ({ id, path, createdAt, ...columns }: RedirectRow) => ({
  id,
  path,
  target: targetOf(columns),
  createdAt,
});

const ROUTES = { article: '/articles', category: '/categories', author: '/authors' } as const;

/** The path of a row in this API. */
export const locationOf = (type: RedirectTarget['type'], slug: string) => `${ROUTES[type]}/${slug}`;

/** The row that a path of this API names. */
export interface NamedRow {
  type: RedirectTarget['type'];
  key: IdOrSlug;
}

/** Returns the row that a path of this API names; null for any other path. */
export function rowOfPath(path: string): NamedRow | null {
  const [, route, idOrSlug] = /^(\/[^/]+)\/([a-z0-9-]+)$/.exec(path) ?? [];
  const type = ADDRESSED_TYPES.find((each) => ROUTES[each] === route);
  const key = idOrSlugParam.safeParse(idOrSlug);
  return type && key.success ? { type, key: key.data } : null;
}
