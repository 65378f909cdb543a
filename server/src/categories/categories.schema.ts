import { z } from 'zod';
import { ArticleList, articleListExample } from '../articles/articles.schema.ts';
import { MAX } from '../database/schema/field-limits.ts';
import {
  booleanParam,
  countOut,
  dateTimeOut,
  filledText,
  idOrSlugParam,
  idOut,
  nameOut,
  optionalId,
  Reference,
  slug,
  slugOut,
  text,
  versionOut,
} from '../http/wire.schema.ts';
import { envelopeOf, fieldsParam, pageParameters } from '../pagination/page.schema.ts';

const position = z
  .int32()
  .meta({ description: 'The order among siblings. Siblings with the same position are ordered by id.' });

export const CategoryUpdate = z
  .strictObject({
    name: filledText(MAX.name).optional(),
    slug: slug(MAX.slug).optional(),
    description: text(MAX.description).nullable().optional(),
    parentId: optionalId
      .optional()
      .meta({ description: 'The id of the parent; null for a category at the top of the tree.' }),
    position: position.optional(),
  })
  .meta({ id: 'CategoryUpdate', examples: [{ parentId: 2, position: 1 }] });
export type CategoryUpdate = z.output<typeof CategoryUpdate>;

export const CategoryCreate = z.strictObject({ ...CategoryUpdate.shape, name: filledText(MAX.name) }).meta({
  id: 'CategoryCreate',
  examples: [{ name: 'Sourdough', description: 'Bread that keeps its own calendar.', parentId: 2 }],
});
export type CategoryCreate = z.output<typeof CategoryCreate>;

const categoryShape = {
  id: idOut,
  name: nameOut,
  slug: slugOut,
  description: z.string().max(MAX.description).nullable(),
  parentId: idOut.nullable(),
  position,
  path: z.array(Reference).meta({ description: 'The ancestors, from the root to the parent.' }),
  articleCount: countOut.meta({ description: 'The number of published articles in the category itself.' }),
  articleCountDeep: countOut.meta({
    description: 'The number of distinct published articles in the category and its descendants.',
  }),
  version: versionOut,
  createdAt: dateTimeOut,
  updatedAt: dateTimeOut,
};

const example = {
  id: 3,
  name: 'Sourdough',
  slug: 'sourdough',
  description: 'Bread that keeps its own calendar.',
  parentId: 2,
  position: 0,
  path: [
    { id: 1, name: 'Food & Drink', slug: 'food' },
    { id: 2, name: 'Baking', slug: 'baking' },
  ],
  articleCount: 1,
  articleCountDeep: 1,
  version: 1,
  createdAt: '2026-01-12T09:30:00.000Z',
  updatedAt: '2026-01-12T09:30:00.000Z',
};

export const Category = z.object(categoryShape).meta({ id: 'Category', examples: [example] });

export const CategoryWithArticles = z
  .object({
    ...categoryShape,
    articles: ArticleList.meta({ description: 'The first page of the published articles in the category.' }),
  })
  .meta({
    id: 'CategoryWithArticles',
    examples: [{ ...example, articles: { ...articleListExample, page: { limit: 20, next: null, previous: null } } }],
  });

export const CATEGORY_FIELDS = Object.keys(Category.shape) as (keyof typeof Category.shape)[];

const TreeNode = z
  .object({
    ...categoryShape,
    get children(): z.ZodArray<z.ZodType> {
      return z.array(TreeNode);
    },
  })
  .meta({ id: 'CategoryTreeNode', description: 'A category with its whole subtree.' });

export const CategoryList = envelopeOf(Category).meta({
  id: 'CategoryList',
  examples: [{ data: [example], page: { limit: 20, next: null, previous: null } }],
});
const rootExample = {
  ...example,
  id: 1,
  name: 'Food & Drink',
  slug: 'food',
  description: null,
  parentId: null,
  path: [],
  articleCount: 0,
};
export const CategoryTree = z.object({ data: z.array(TreeNode) }).meta({
  id: 'CategoryTree',
  description: 'The whole tree: the categories at its top, each with its subtree. It has no `page`.',
  examples: [
    {
      data: [{ ...rootExample, children: [{ ...example, parentId: 1, path: example.path.slice(0, 1), children: [] }] }],
    },
  ],
});

/** `page` tells them apart, also for a compiler: `if ('page' in body)`. */
export const CategoryListOrTree = z.xor([CategoryList, CategoryTree]);

export const CategoryListQuery = z.strictObject({
  ...pageParameters,
  fields: fieldsParam(CATEGORY_FIELDS),
  tree: booleanParam
    .default(false)
    .meta({ description: 'Returns the whole tree, nested in `children`. Cannot be combined with other parameters.' }),
});
export type CategoryListQuery = z.output<typeof CategoryListQuery>;

export const CategoryIdOrSlugParams = z.object({ idOrSlug: idOrSlugParam });
