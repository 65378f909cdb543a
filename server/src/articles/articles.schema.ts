import { z } from 'zod';
import {
  booleanParam,
  dateTime,
  dateTimeOut,
  idList,
  idOrSlugParam,
  idOut,
  idParam,
  Reference,
  versionOut,
} from '../http/wire.schema.ts';
import { fieldsParam } from '../pagination/page.schema.ts';
import { ACCEPTED_FIELDS, INITIAL_VALUES, REQUIRED_FIELDS, RETURNED_FIELDS } from './article-fields.ts';
import { ARTICLE_RELATIONS, LINKED_ROWS, RELATION_FIELDS, recordOfLinkedTables } from './article-relations.ts';
import { renderedShape } from './content/rendered-fields.schema.ts';
import { RENDERED_FIELDS } from './content/rendered-fields.ts';
import { recordOf } from './record-of.ts';

export const ARTICLE_STATUSES = ['draft', 'scheduled', 'published', 'trashed'] as const;
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];

export const ArticleUpdate = z
  .strictObject({
    ...z.object(ACCEPTED_FIELDS).partial().shape,
    publishedAt: dateTime
      .nullable()
      .optional()
      .meta({ description: 'null makes the article a draft. A time in the future schedules it.' }),
    ...recordOf(RELATION_FIELDS, (field) =>
      idList.optional().meta({
        description: `The ids of all ${ARTICLE_RELATIONS[field].table} of the article, in order. Replaces the current ones; \`[]\` removes them.`,
      }),
    ),
  })
  .meta({ id: 'ArticleUpdate', examples: [{ title: 'Rye at Five in the Morning', categoryIds: [8, 3] }] });
export type ArticleUpdate = z.output<typeof ArticleUpdate>;

export const ArticleCreate = z
  .strictObject({
    ...ArticleUpdate.shape,
    ...REQUIRED_FIELDS,
    slug: ACCEPTED_FIELDS.slug.optional().meta({ description: 'Default: made from the title.' }),
    publishedAt: dateTime.nullable().optional().meta({
      description:
        'Default: now, which publishes the article. null makes it a draft. A time in the future schedules it.',
    }),
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

export const articleShape = {
  id: idOut,
  ...RETURNED_FIELDS,
  status: z.enum(ARTICLE_STATUSES),
  publishedAt: dateTimeOut.nullable(),
  createdAt: dateTimeOut,
  updatedAt: dateTimeOut,
  version: versionOut,
  ...recordOfLinkedTables(() => z.array(Reference)),
};
/** The field that only callers get who can read the working draft of the article. */
export const hasDraftShape = {
  hasDraft: z.boolean().optional().meta({
    description: 'Whether the article has a working draft. Absent for callers that cannot read the working draft.',
  }),
};
/** The field of articles that anonymous callers cannot request. */
export const HAS_DRAFT = 'hasDraft' satisfies keyof typeof hasDraftShape;
export const RESPONSE_FIELDS = Object.keys(articleShape) as (keyof typeof articleShape)[];

const exampleValues = {
  id: 11,
  ...INITIAL_VALUES,
  title: 'Rye at Four in the Morning',
  slug: 'rye-at-four-in-the-morning',
  excerpt: 'A night at the bakery on Chandler Street.',
  content: 'Rye dough does not behave like dough.',
  status: 'published',
  publishedAt: '2026-01-31T06:10:00.000Z',
  createdAt: '2026-01-30T21:45:12.408Z',
  updatedAt: '2026-01-30T21:45:12.408Z',
  version: 1,
  ...recordOfLinkedTables(() => []),
  categories: [
    { id: 3, name: 'Sourdough', slug: 'sourdough' },
    { id: 8, name: 'The City', slug: 'city' },
  ],
  authors: [{ id: 2, name: 'Tomasz Wren', slug: 'tomasz-wren' }],
} satisfies z.output<z.ZodObject<typeof articleShape>>;
export const exampleWith = (fields: typeof RESPONSE_FIELDS) => recordOf(fields, (field) => exampleValues[field]);
export const Article = z
  .object({ ...articleShape, ...hasDraftShape, ...z.object(renderedShape).partial().shape })
  .meta({
    id: 'Article',
    description: `An article with all its ${LINKED_ROWS}, in order.`,
    examples: [exampleWith(RESPONSE_FIELDS)],
  });

export const ArticleCategories = z.object({ data: z.array(Reference) }).meta({
  id: 'ArticleCategories',
  examples: [{ data: exampleValues.categories }],
});

export const ArticleIdOrSlugParams = z.object({ idOrSlug: idOrSlugParam });
export type ArticleIdOrSlugParams = z.output<typeof ArticleIdOrSlugParams>;
export const ArticleIdParams = z.object({ id: idParam });
export type ArticleIdParams = z.output<typeof ArticleIdParams>;
export const ArticleCategoryParams = z.object({ id: idParam, categoryId: idParam });
export type ArticleCategoryParams = z.output<typeof ArticleCategoryParams>;
/** The parameter `fields` of a revision or a preview. For an article or a working draft it accepts more fields. */
export const articleFieldsParam = fieldsParam([...RESPONSE_FIELDS, ...RENDERED_FIELDS]);
export const ArticleReadQuery = z.strictObject({
  fields: fieldsParam([...RESPONSE_FIELDS, HAS_DRAFT, ...RENDERED_FIELDS]),
  trashed: booleanParam
    .default(false)
    .meta({ description: 'Also finds articles in the trash, for callers that can read it.' }),
});
export type ArticleReadQuery = z.output<typeof ArticleReadQuery>;
export const ArticleDeleteQuery = z.strictObject({
  permanent: booleanParam
    .default(false)
    .meta({ description: 'Deletes the article and its links permanently, also from the trash.' }),
});
export type ArticleDeleteQuery = z.output<typeof ArticleDeleteQuery>;
