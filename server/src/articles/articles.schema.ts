import { z } from 'zod';
import { idsOrSlugs, idsParam, listParam } from '../http/list-parameters.schema.ts';
import {
  booleanParam,
  dateTime,
  dateTimeOut,
  idList,
  idOrSlugParam,
  idOut,
  idParam,
  int64Out,
  Reference,
  text,
  timeBound,
  versionOut,
} from '../http/wire.schema.ts';
import { envelopeOf, fieldsParam, pageParameters } from '../pagination/page.schema.ts';
import {
  ACCEPTED_FIELDS,
  INITIAL_VALUES,
  isUnlisted,
  REQUIRED_FIELDS,
  RETURNED_FIELDS,
  UNLISTED_FIELDS,
} from './article-fields.ts';
import {
  ARTICLE_RELATIONS,
  LINKED_ROWS,
  RELATION_FIELDS,
  RELATION_FILTER_NAMES,
  RELATION_FILTERS,
  recordOfLinkedTables,
} from './article-relations.ts';
import { renderedShape } from './content/rendered-fields.schema.ts';
import { RENDERED_FIELDS } from './content/rendered-fields.ts';
import { recordOf } from './record-of.ts';

/** In characters; typed searches are much shorter. */
const MAX_SEARCH = 500;
/** The most categories in `facets`. */
const MAX_FACETS = 1_000;
export const ARTICLE_STATUSES = ['draft', 'scheduled', 'published', 'trashed'] as const;
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];
/** Orders of lists, ascending; with a `-` before the name, descending. `list/sorts.queries.ts` has an entry for each. */
const SORT_NAMES = ['publishedAt', 'title', 'updatedAt'] as const;
const SORTS = [...SORT_NAMES.flatMap((name) => [`-${name}`, name] as const), 'relevance', 'rank'] as const;
export type ArticleSort = (typeof SORT_NAMES)[number] | 'relevance' | 'rank';

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

const articleShape = {
  id: idOut,
  ...RETURNED_FIELDS,
  status: z.enum(ARTICLE_STATUSES),
  publishedAt: dateTimeOut.nullable(),
  createdAt: dateTimeOut,
  updatedAt: dateTimeOut,
  version: versionOut,
  ...recordOfLinkedTables(() => z.array(Reference)),
};
/** What callers see of the articles whose working drafts they can read. */
const draftShape = {
  hasDraft: z.boolean().optional().meta({
    description: 'Whether the article has a working draft. Absent for callers that cannot read the working draft.',
  }),
};
/** The field of lists and of reads of an article that strangers cannot ask for. */
export const HAS_DRAFT = 'hasDraft' satisfies keyof typeof draftShape;
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
const listedExample = exampleWith(RESPONSE_FIELDS.filter((field) => !isUnlisted(field)));

export const Article = z.object({ ...articleShape, ...draftShape, ...z.object(renderedShape).partial().shape }).meta({
  id: 'Article',
  description: `An article with all its ${LINKED_ROWS}, in order.`,
  examples: [exampleWith(RESPONSE_FIELDS)],
});

const SnippetPart = z.object({ text: z.string(), match: z.boolean() }).meta({
  id: 'SnippetPart',
  description: 'A piece of plain text, never HTML, and whether the search matches it.',
});

export const ArticleListItem = z
  .object({
    ...articleShape,
    ...draftShape,
    ...z.object(recordOf(UNLISTED_FIELDS, (field) => articleShape[field])).partial().shape,
    snippet: z
      .array(SnippetPart)
      .optional()
      .meta({
        description:
          'Only with `highlight=true`: about 200 characters of the first 50,000 of the content, or of the excerpt, around what ' +
          'the search matches. Their start, without a match, if the search matches only the title.',
      }),
  })
  .meta({
    id: 'ArticleListItem',
    description: `An article in a list. Without \`fields\` it has all fields except \`${UNLISTED_FIELDS.join('`, `')}\`.`,
    examples: [listedExample],
  });

export const articleListExample = {
  data: [listedExample],
  page: { limit: 20, next: 'WyJ4M1E5cFdaayIsIjIwMjYtMDEtMzFUMDY6MTA6MDAuMDAwWiIsMTFd', previous: null },
};

const CategoryFacet = Reference.extend({ count: int64Out(1) }).meta({
  id: 'CategoryFacet',
  description: 'A category with the number of matching articles in it.',
});

export const ArticleList = envelopeOf(ArticleListItem)
  .extend({
    facets: z
      .object({ categories: z.array(CategoryFacet).max(MAX_FACETS) })
      .optional()
      .meta({ description: 'Only with `facets=categories`: the categories of all matching articles.' }),
  })
  .meta({ id: 'ArticleList', examples: [articleListExample] });

const idsOrSlugsFilter = idsOrSlugs.optional();

const sort = z.enum(SORTS);
const sortDescription =
  'Ties are ordered by id, in the same direction. `relevance` requires `q`. If more than 10,000 articles match the ' +
  'words, or each of the newest 500 does, only matches among the newest 10,000 articles (of the category, if the filter ' +
  'requires one) are ranked; the others follow, newest first. `rank` requires one category, without `descendants`: its ' +
  'articles with a rank come first, in order, the others follow, newest first.';

export const ArticleListQuery = z.strictObject({
  'categories[any]': idsOrSlugsFilter.meta({
    description: 'In at least one of these categories (ids or slugs). Unknown ones are ignored.',
  }),
  'categories[all]': idsOrSlugsFilter.meta({
    description: 'In every one of these categories (ids or slugs). An unknown one matches nothing.',
  }),
  'categories[none]': idsOrSlugsFilter.meta({
    description: 'In none of these categories (ids or slugs). Takes precedence over `any`. Unknown ones are ignored.',
  }),
  descendants: booleanParam.default(false).meta({ description: 'Includes the descendants of every given category.' }),
  ...recordOf(RELATION_FILTER_NAMES, (name) =>
    idsOrSlugsFilter.meta({
      description: `Linked to at least one of these ${ARTICLE_RELATIONS[RELATION_FILTERS[name]].table} (ids or slugs).`,
    }),
  ),
  status: listParam(ARTICLE_STATUSES).optional().meta({
    description: 'Default: published. The other statuses require a role that can read unpublished articles.',
  }),
  ids: idsParam.optional().meta({
    description:
      'Only these articles, at most 100, in the order of `sort`. Unknown ones, and those that the other parameters exclude, are left out.',
  }),
  // Without a default: with one, the cursors from before this parameter would belong to another filter.
  uncategorised: booleanParam.optional().meta({
    description: 'Only articles without categories. Cannot be combined with a filter by categories.',
  }),
  hasDraft: z
    .literal('true', 'must be true')
    .optional()
    .meta({
      description:
        'Only articles with a working draft that the caller can read. Requires a role that can read working drafts.',
      override: { type: 'boolean', enum: [true] },
    }),
  'published[gte]': timeBound.optional().meta({ description: 'Published at this time or later.' }),
  'published[lt]': timeBound.optional().meta({ description: 'Published before this time.' }),
  q: text(MAX_SEARCH)
    .refine((value) => value.trim() !== '', 'must not be empty')
    .optional()
    .meta({
      description:
        'Searches the title, the excerpt and the first 200,000 characters of the content (fewer in scripts that need more ' +
        'bytes per character, at least 75,000), without regard to case, accents and punctuation. In scripts without blanks ' +
        'between words, such as Chinese and Thai, any two characters in a row are found. Supports "a phrase", -excluded and or; the last word can be a prefix.',
    }),
  sort: sort.default('-publishedAt').meta({ description: sortDescription }),
  ...pageParameters,
  fields: fieldsParam([...RESPONSE_FIELDS, HAS_DRAFT]),
  highlight: booleanParam.default(false).meta({
    description: 'Adds `snippet` to each article: where `q` matches. Requires `q`.',
  }),
  facets: listParam(['categories']).optional().meta({
    description: 'Adds the categories of all matching articles with their counts: the 1,000 with the most articles.',
  }),
});

/** Without `sort`, the list of a category is in the order of the category. */
export const CategoryArticlesQuery = z.strictObject({
  ...ArticleListQuery.shape,
  sort: sort.optional().meta({
    description:
      'Default: `rank` if the `ordering` of the category is `manual` and `descendants` is off, else `-publishedAt`. ' +
      sortDescription,
  }),
});
export type ArticleListQuery = z.output<typeof CategoryArticlesQuery>;

export const ArticleCategories = z.object({ data: z.array(Reference) }).meta({
  id: 'ArticleCategories',
  examples: [{ data: exampleValues.categories }],
});

export const ArticleIdOrSlugParams = z.object({ idOrSlug: idOrSlugParam });
export const ArticleIdParams = z.object({ id: idParam });
export const ArticleCategoryParams = z.object({ id: idParam, categoryId: idParam });
/** The parameter `fields` of reads of a revision or a preview. Those of an article and a working draft take more. */
export const articleFieldsParam = fieldsParam([...RESPONSE_FIELDS, ...RENDERED_FIELDS]);
export const ArticleReadQuery = z.strictObject({
  fields: fieldsParam([...RESPONSE_FIELDS, HAS_DRAFT, ...RENDERED_FIELDS]),
  trashed: booleanParam
    .default(false)
    .meta({ description: 'Also finds articles in the trash, for callers that can read it.' }),
});
export const ArticleDeleteQuery = z.strictObject({
  permanent: booleanParam
    .default(false)
    .meta({ description: 'Deletes the article and its links permanently, also from the trash.' }),
});
