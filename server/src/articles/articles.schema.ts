import { z } from 'zod';
import { CONTENT_FORMATS, MAX } from '../database/schema/field-limits.ts';
import {
  booleanParam,
  dateTime,
  dateTimeOut,
  filledText,
  idList,
  idOrSlugParam,
  idOut,
  idParam,
  idsOrSlugs,
  listParam,
  Reference,
  slug,
  text,
} from '../http/wire.schema.ts';
import { envelopeOf, pageParameters } from '../pagination/page.schema.ts';

/** Longer searches than anybody types. */
const MAX_SEARCH = 500;
export const ARTICLE_STATUSES = ['draft', 'scheduled', 'published', 'trashed'] as const;
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];
const ARTICLE_SORTS = [
  '-publishedAt',
  'publishedAt',
  'title',
  '-title',
  '-updatedAt',
  'updatedAt',
  'relevance',
] as const;

const contentFormat = z.enum(CONTENT_FORMATS);
/** Bounded by BODY_LIMIT_BYTES alone. */
const content = text(Number.POSITIVE_INFINITY);

export const ArticleUpdate = z
  .strictObject({
    title: filledText(MAX.title).optional(),
    slug: slug(MAX.slug).optional(),
    excerpt: text(MAX.excerpt).nullable().optional(),
    content: content.optional(),
    contentFormat: contentFormat.optional(),
    publishedAt: dateTime.nullable().optional().meta({ description: 'null makes a draft, a time to come schedules.' }),
    categoryIds: idList.optional().meta({ description: 'Replaces the links, in this order; `[]` clears them.' }),
    authorIds: idList.optional().meta({ description: 'Replaces the bylines, in this order; `[]` clears them.' }),
  })
  .meta({ id: 'ArticleUpdate', examples: [{ title: 'Rye at Five in the Morning', categoryIds: [8, 3] }] });
export type ArticleUpdate = z.output<typeof ArticleUpdate>;

export const ArticleCreate = z
  .strictObject({
    ...ArticleUpdate.shape,
    title: filledText(MAX.title),
    slug: slug(MAX.slug).optional().meta({ description: 'Made from the title when absent.' }),
    publishedAt: dateTime
      .nullable()
      .optional()
      .meta({ description: 'Absent: published at once. null: a draft. A time to come: scheduled.' }),
  })
  .meta({
    id: 'ArticleCreate',
    examples: [
      {
        title: 'Rye at Four in the Morning',
        excerpt: 'A night at the bakery on Chandler Street.',
        content: 'Rye dough does not behave like dough.',
        categoryIds: [3, 8],
        authorIds: [2],
      },
    ],
  });
export type ArticleCreate = z.output<typeof ArticleCreate>;

const listed = {
  id: idOut,
  title: z.string(),
  slug: z.string(),
  excerpt: z.string().nullable(),
  contentFormat,
  status: z.enum(ARTICLE_STATUSES),
  publishedAt: dateTimeOut.nullable(),
  createdAt: dateTimeOut,
  updatedAt: dateTimeOut,
  version: z.int().min(1),
  categories: z.array(Reference),
  authors: z.array(Reference),
};

const listedExample = {
  id: 11,
  title: 'Rye at Four in the Morning',
  slug: 'rye-at-four-in-the-morning',
  excerpt: 'A night at the bakery on Chandler Street.',
  contentFormat: 'markdown',
  status: 'published',
  publishedAt: '2026-01-31T06:10:00.000Z',
  createdAt: '2026-01-30T21:45:12.408Z',
  updatedAt: '2026-01-30T21:45:12.408Z',
  version: 1,
  categories: [
    { id: 3, name: 'Sourdough', slug: 'sourdough' },
    { id: 8, name: 'The City', slug: 'city' },
  ],
  authors: [{ id: 2, name: 'Tomasz Wren', slug: 'tomasz-wren' }],
};

export const Article = z.object({ ...listed, content: z.string() }).meta({
  id: 'Article',
  description: 'An article with all its categories and authors, in order.',
  examples: [{ ...listedExample, content: 'Rye dough does not behave like dough.' }],
});

export const ARTICLE_FIELDS = Object.keys(Article.shape) as (keyof typeof Article.shape)[];

export const ArticleListItem = z
  .object({ ...listed, content: z.string() })
  .partial()
  .meta({
    id: 'ArticleListItem',
    description: 'An article in a list: all but `content`, or exactly the `fields` named.',
    examples: [listedExample],
  });

export const articleListExample = {
  data: [listedExample],
  page: { limit: 20, next: 'WyJ4M1E5cFdaayIsIjIwMjYtMDEtMzFUMDY6MTA6MDAuMDAwWiIsMTFd', previous: null },
};

export const ArticleList = envelopeOf(ArticleListItem)
  .extend({
    facets: z
      .object({ categories: z.array(Reference.extend({ count: z.int().min(1) })) })
      .optional()
      .meta({ description: 'When `facets=categories` asked for it: the categories of all matching articles.' }),
  })
  .meta({ id: 'ArticleList', examples: [articleListExample] });

const names = idsOrSlugs.optional();

export const ArticleListQuery = z.strictObject({
  'categories[any]': names.meta({
    description: 'Filed under at least one of these, ids or slugs. Unknown ones are ignored.',
  }),
  'categories[all]': names.meta({
    description: 'Filed under every one of these, ids or slugs. An unknown one matches nothing.',
  }),
  'categories[none]': names.meta({
    description: 'Filed under none of these, ids or slugs; wins over `any`. Unknown ones are ignored.',
  }),
  descendants: booleanParam.default(false).meta({ description: 'Widens every named category to its subtree.' }),
  author: names.meta({ description: 'By at least one of these authors, ids or slugs.' }),
  status: listParam(ARTICLE_STATUSES).optional().meta({
    description: 'Without it everybody gets the published; the others are for callers whose role may see them.',
  }),
  'published[gte]': dateTime.optional().meta({ description: 'Published then or later.' }),
  'published[lt]': dateTime.optional().meta({ description: 'Published before then.' }),
  q: text(MAX_SEARCH)
    .refine((value) => value.trim() !== '', 'must not be empty')
    .optional()
    .meta({
      description:
        'Words of title, excerpt and the first 200,000 characters of content (fewer of scripts that take more room, at ' +
        'least 75,000): "a phrase", -excluded, or; the last may be a beginning.',
    }),
  sort: z
    .enum(ARTICLE_SORTS)
    .default('-publishedAt')
    .meta({
      description:
        'Ties are broken by id, in the same direction. `relevance` needs `q`; of words that more than 10,000 articles have, ' +
        'or each of the newest 500, those among the newest 10,000 (of the category, where all are filed under one) are ' +
        'ranked, and the others follow by publication.',
    }),
  ...pageParameters,
  fields: listParam(ARTICLE_FIELDS).optional(),
  facets: listParam(['categories'])
    .optional()
    .meta({ description: 'Adds the categories of all matching articles with their counts, the 1,000 largest.' }),
});
export type ArticleListQuery = z.output<typeof ArticleListQuery>;

export const ArticleCategories = z.object({ data: z.array(Reference) }).meta({
  id: 'ArticleCategories',
  examples: [{ data: listedExample.categories }],
});

export const ArticleIdOrSlugParams = z.object({ idOrSlug: idOrSlugParam });
export const ArticleIdParams = z.object({ id: idParam });
export const ArticleCategoryParams = z.object({ id: idParam, categoryId: idParam });
export const ArticleReadQuery = z.strictObject({
  trashed: booleanParam.default(false).meta({ description: 'Also from the trash, for callers who may see it.' }),
});
export const ArticleDeleteQuery = z.strictObject({
  permanent: booleanParam
    .default(false)
    .meta({ description: 'Removes the article and its links for good, also from the trash.' }),
});
