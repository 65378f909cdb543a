import { z } from 'zod';
import { CONTENT_FORMATS, MAX } from '../database/limits.ts';
import {
  filledText,
  flag,
  idOut,
  instant,
  instantOut,
  Named,
  oneOrMoreOf,
  pathId,
  pathKey,
  references,
  slug,
  text,
} from '../http/wire.schema.ts';
import { envelopeOf, pageParameters } from '../listing/page.schema.ts';

const contentFormat = z.enum(CONTENT_FORMATS);
/** Bounded by BODY_LIMIT_BYTES alone. */
const content = text(Number.POSITIVE_INFINITY);

export const ArticleChange = z
  .strictObject({
    title: filledText(MAX.title).optional(),
    slug: slug(MAX.slug).optional(),
    excerpt: text(MAX.excerpt).nullable().optional(),
    content: content.optional(),
    contentFormat: contentFormat.optional(),
    publishedAt: instant.nullable().optional().meta({ description: 'null makes a draft, a time to come schedules.' }),
    categoryIds: references.optional().meta({ description: 'Replaces the links, in this order; `[]` clears them.' }),
    authorIds: references.optional().meta({ description: 'Replaces the bylines, in this order; `[]` clears them.' }),
  })
  .meta({ id: 'ArticleChange', examples: [{ title: 'A better title', categoryIds: [3, 1] }] });
export type ArticleChange = z.output<typeof ArticleChange>;

export const ArticleCreate = z
  .strictObject({
    ...ArticleChange.shape,
    title: filledText(MAX.title),
    slug: slug(MAX.slug).optional().meta({ description: 'Made from the title when absent.' }),
    publishedAt: instant
      .nullable()
      .optional()
      .meta({ description: 'Absent: published at once. null: a draft. A time to come: scheduled.' }),
  })
  .meta({
    id: 'ArticleCreate',
    examples: [{ title: 'Bread without haste', content: 'Flour, water, salt and a night.', categoryIds: [1, 2] }],
  });
export type ArticleCreate = z.output<typeof ArticleCreate>;

const listed = {
  id: idOut,
  title: z.string(),
  slug: z.string(),
  excerpt: z.string().nullable(),
  contentFormat,
  status: z.enum(['draft', 'scheduled', 'published', 'trashed']),
  publishedAt: instantOut.nullable(),
  createdAt: instantOut,
  updatedAt: instantOut,
  version: z.int().min(1),
  categories: z.array(Named),
  authors: z.array(Named),
};

export const Article = z
  .object({ ...listed, content: z.string() })
  .meta({ id: 'Article', description: 'An article with all its categories and authors, in order.' });

export const ARTICLE_FIELDS = Object.keys(Article.shape) as (keyof typeof Article.shape)[];
export type ArticleField = (typeof ARTICLE_FIELDS)[number];

export const ListedArticle = z
  .object({ ...listed, content: z.string() })
  .partial()
  .meta({ id: 'ListedArticle', description: 'An article in a list: all but `content`, or exactly the `fields` named.' });

export const ArticleList = envelopeOf(ListedArticle).meta({ id: 'ArticleList' });

export const ArticleListQuery = z.strictObject({
  ...pageParameters,
  fields: oneOrMoreOf(ARTICLE_FIELDS).optional(),
});
export type ArticleListQuery = z.output<typeof ArticleListQuery>;

export const ArticleCategories = z.object({ data: z.array(Named) }).meta({ id: 'ArticleCategories' });

export const ArticleKeyPath = z.object({ idOrSlug: pathKey });
export const ArticlePath = z.object({ id: pathId });
export const ArticleCategoryPath = z.object({ id: pathId, categoryId: pathId });
export const ArticleReadQuery = z.strictObject({
  trashed: flag.default(false).meta({ description: 'Also from the trash, for callers who may see it.' }),
});
export const ArticleDeleteQuery = z.strictObject({
  permanent: flag.default(false).meta({ description: 'Removes the article and its links for good, also from the trash.' }),
});
