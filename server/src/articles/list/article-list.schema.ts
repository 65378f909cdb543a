import { z } from 'zod';
import { idsOrSlugs, idsParam, listParam } from '../../http/list-parameters.schema.ts';
import { booleanParam, int64Out, Reference, text, timeBound } from '../../http/wire.schema.ts';
import { envelopeOf, fieldsParam, pageParameters } from '../../pagination/page.schema.ts';
import { isUnlisted, UNLISTED_FIELDS } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FILTER_NAMES, RELATION_FILTERS } from '../article-relations.ts';
import {
  ARTICLE_STATUSES,
  articleShape,
  exampleWith,
  HAS_DRAFT,
  hasDraftShape,
  RESPONSE_FIELDS,
} from '../articles.schema.ts';
import { recordOf } from '../record-of.ts';

/** In characters; searches that people type are much shorter. */
const MAX_SEARCH = 500;
/** The most categories in `facets`. */
const MAX_FACETS = 1_000;
/** Orders of lists, ascending; with a `-` before the name, descending. `sorts.queries.ts` has an entry for each. */
const SORT_NAMES = ['publishedAt', 'title', 'updatedAt'] as const;
const SORTS = [...SORT_NAMES.flatMap((name) => [`-${name}`, name] as const), 'relevance', 'rank'] as const;
export type ArticleSort = (typeof SORT_NAMES)[number] | 'relevance' | 'rank';

const listedExample = exampleWith(RESPONSE_FIELDS.filter((field) => !isUnlisted(field)));

const SnippetPart = z.object({ text: z.string(), match: z.boolean() }).meta({
  id: 'SnippetPart',
  description: 'A piece of plain text, never HTML, and whether the search matches it.',
});

export const ArticleListItem = z
  .object({
    ...articleShape,
    ...hasDraftShape,
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
  // No default: it would change the fingerprint of lists, and cursors issued before this parameter existed would fail.
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
