import { listArticles, listCategories } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';
import { type LinkProps, linkOptions } from '@tanstack/react-router';
import { bylinesQuery } from '../api/bylines.ts';
import type { Scope } from '../api/permissions.ts';
import type { IconName } from '../design/icon.tsx';
import { texts } from '../texts/texts.ts';
import { includesWords } from './includes-words.ts';

/** A row that the palette goes to. */
interface Found {
  id: number;
  title: string;
  /** Where a category is, or what state an article is in. */
  detail: string | undefined;
  link: LinkProps;
}

export interface FoundGroup {
  name: keyof typeof texts.shell.paletteGroups;
  icon: IconName;
  rows: Found[];
}

/** Rows of each kind: the palette is for going somewhere, the screens are for looking through many. */
const LIMIT = 5;
const ANY_STATUS = ['draft', 'scheduled', 'published'] as const;

/** What the API finds for some words: articles, categories and authors. */
export const foundQuery = (words: string, readsUnpublished: Scope | undefined) =>
  queryOptions({
    queryKey: ['found', words],
    queryFn: async ({ signal, client }): Promise<FoundGroup[]> => {
      const [articles, categories, authors] = await Promise.all([
        listArticles({
          query: {
            q: words,
            sort: 'relevance',
            limit: LIMIT,
            fields: ['id', 'title', 'status'],
            ...(readsUnpublished && { status: [...ANY_STATUS] }),
          },
          signal,
        }),
        listCategories({ query: { q: words, limit: LIMIT, fields: ['id', 'name', 'path'] }, signal }),
        client.ensureQueryData(bylinesQuery),
      ]);
      return [
        {
          name: 'articles',
          icon: 'article',
          rows: articles.data.map(({ id, title, status }) => ({
            id,
            title,
            detail: texts.articles.statuses[status],
            link: linkOptions({ to: '/articles/$articleId', params: { articleId: String(id) } }),
          })),
        },
        {
          name: 'categories',
          icon: 'category',
          rows: categories.data.map(({ id, name, ...rest }) => ({
            id,
            title: name,
            detail: 'path' in rest ? rest.path.map((parent) => parent.name).join(' › ') : undefined,
            link: linkOptions({ to: '/categories/$id', params: { id: String(id) } }),
          })),
        },
        {
          name: 'authors',
          icon: 'author',
          rows: authors
            .filter(({ name }) => includesWords(name, words))
            .slice(0, LIMIT)
            .map(({ id, name }) => ({
              id,
              title: name,
              detail: undefined,
              link: linkOptions({ to: '/articles', search: { author: id } }),
            })),
        },
      ];
    },
    enabled: words.length > 1,
  });
