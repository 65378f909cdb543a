import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { ArticleList, type ArticleListQuery, CategoryArticlesQuery } from '../articles/list/article-list.schema.ts';
import { CurrentRequester, type Requester } from '../bounded-reads/requester.ts';
import { type ExpectedVersions, RequirableIfMatch } from '../http/conditional-requests.ts';
import { parameterConflict } from '../http/problems.ts';
import { Idempotent } from '../idempotency/idempotent.decorators.ts';
import { Describe, Fails, RedirectsOldSlugs, Returns, Section } from '../openapi/route.decorators.ts';
import { withLinkHeader } from '../pagination/link-header.ts';
import {
  Category,
  CategoryCreate,
  CategoryIdOrSlugParams,
  CategoryListOrTree,
  CategoryListQuery,
  CategoryUpdate,
  CategoryWithArticles,
} from './categories.schema.ts';
import { CategoriesService } from './categories.service.ts';
import { CategoryLists } from './category-lists.reader.ts';
import { CategoryTree } from './category-tree.reader.ts';

const UPDATE_FAILURES = [
  'not_found',
  'slug_taken',
  'name_taken',
  'unknown_category',
  'category_cycle',
  'version_mismatch',
  'version_required',
] as const;

@Controller('categories')
@Section('Categories', 'The tree of categories.')
export class CategoriesController {
  constructor(
    private readonly categories: CategoriesService,
    private readonly lists: CategoryLists,
    private readonly tree: CategoryTree,
  ) {}

  @Post()
  @RequirePermission('categories.write')
  @Idempotent()
  @Describe('Create a category', 'Creates the category at the top of the tree, or below `parentId`.')
  @Returns(201, Category, 'The new category.', ['ETag', 'Location'])
  @Fails('slug_taken', 'name_taken', 'unknown_category')
  async create(
    @Body({ schema: CategoryCreate }) body: CategoryCreate,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const category = await this.categories.create(body, principal);
    void reply.header('location', `/categories/${category.id}`);
    return category;
  }

  @Get()
  @Public()
  @Describe(
    'List categories',
    'Lists the tree flat: each category after its parent. With `tree=true`, returns the whole tree, nested.',
  )
  @Returns(200, CategoryListOrTree, 'One page of categories, or the whole tree, which has no `page`.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep', 'too_expensive', 'answer_too_large', 'too_many_ids')
  async findAll(
    @Query({ schema: CategoryListQuery }) query: CategoryListQuery,
    @CurrentRequester() requester: Requester,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!query.tree) return withLinkHeader(request, reply, await this.lists.findAll(query, requester));
    assertOnlyParameter('tree', request.query as object);
    void reply.type('application/json; charset=utf-8');
    return this.tree.find();
  }

  @Get(':idOrSlug')
  @Public()
  @Describe(
    'Get a category',
    'Returns the category with its ancestors, its counts and the first page of its published articles.',
  )
  @Returns(200, CategoryWithArticles, 'The category.', ['ETag'])
  @RedirectsOldSlugs()
  @Fails('not_found')
  findOne(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: CategoryIdOrSlugParams,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
  ) {
    return this.lists.findOne(idOrSlug, principal, requester);
  }

  @Get(':idOrSlug/articles')
  @Public()
  @Describe(
    'List the articles of a category',
    'Lists the articles in the category itself; with `descendants=true`, those in its whole subtree. Otherwise like `GET /articles`.',
  )
  @Returns(200, ArticleList, 'One page of articles.', ['Link'])
  @RedirectsOldSlugs()
  @Fails(
    'forbidden',
    'not_found',
    'invalid_cursor',
    'page_too_deep',
    'too_expensive',
    'answer_too_large',
    'too_many_ids',
  )
  async findArticles(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: CategoryIdOrSlugParams,
    @Query({ schema: CategoryArticlesQuery }) query: ArticleListQuery,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.lists.findArticles(idOrSlug, query, principal, requester));
  }

  @Patch(':idOrSlug')
  @RequirePermission('categories.write')
  @Idempotent()
  @Describe('Update a category', 'Updates the fields in the body. `parentId` moves the category with its subtree.')
  @Returns(200, Category, 'The updated category.', ['ETag'])
  @Fails(...UPDATE_FAILURES)
  update(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: CategoryIdOrSlugParams,
    @Body({ schema: CategoryUpdate }) body: CategoryUpdate,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.categories.update(idOrSlug, body, principal, expectedVersions);
  }

  @Put(':idOrSlug')
  @RequirePermission('categories.write')
  @Describe('Replace a category', 'Resets the fields that the body does not contain, except the slug, which stays.')
  @Returns(200, Category, 'The updated category.', ['ETag'])
  @Fails(...UPDATE_FAILURES)
  replace(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: CategoryIdOrSlugParams,
    @Body({ schema: CategoryCreate }) body: CategoryCreate,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.categories.replace(idOrSlug, body, principal, expectedVersions);
  }

  @Delete(':idOrSlug')
  @RequirePermission('categories.write')
  @Describe('Delete a category', 'Deletes the category. Its articles stay, and its children move up to its parent.')
  @Returns(204, null, 'The category is deleted.')
  @Fails('not_found', 'name_taken', 'version_mismatch', 'version_required')
  remove(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: CategoryIdOrSlugParams,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.categories.remove(idOrSlug, principal, expectedVersions);
  }
}

/** The whole tree has no pages and no fields to select: other parameters are rejected, so none is silently ignored. */
function assertOnlyParameter(parameter: string, query: object) {
  const others = Object.keys(query).filter((name) => name !== parameter);
  if (others.length === 0) return;
  throw parameterConflict(others, `${parameter}=true cannot be combined with other parameters.`);
}
