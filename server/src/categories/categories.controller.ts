import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { ArticleList, ArticleListQuery } from '../articles/articles.schema.ts';
import { coalesce } from '../http/coalesce.ts';
import { type ExpectedVersions, IfMatch } from '../http/conditional-requests.ts';
import { Problem } from '../http/problems.ts';
import { Describe, Fails, Returns } from '../openapi/route.decorators.ts';
import { linkPages } from '../pagination/link-header.ts';
import {
  Category,
  CategoryCreate,
  CategoryIdOrSlugParams,
  CategoryList,
  CategoryListQuery,
  CategoryTree,
  CategoryUpdate,
  CategoryWithArticles,
} from './categories.schema.ts';
import { CategoriesService } from './categories.service.ts';

type Output<T extends z.ZodType> = z.output<T>;

@Controller('categories')
@ApiTags('Categories')
export class CategoriesController {
  /** The one answer without pages: all who wait for it share the rows and the bytes, see docs/decisions/0016. */
  private readonly tree = coalesce(async () => Buffer.from(JSON.stringify(await this.categories.tree())));

  constructor(private readonly categories: CategoriesService) {}

  @Post()
  @RequirePermission('categories.write')
  @Describe('Create a category', 'At the top of the tree, or under `parentId`.')
  @Returns(201, Category, 'The category.', ['ETag', 'Location'])
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
  @Describe('List categories', 'The tree, flat: each after its parent. With `tree=true` all of it, nested.')
  @Returns(200, CategoryList.or(CategoryTree), 'One page, or the whole tree.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async findAll(
    @Query({ schema: CategoryListQuery }) query: CategoryListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!query.tree) return linkPages(request, reply, await this.categories.findAll(query));
    refuseBeside('tree', request.query as object);
    void reply.type('application/json; charset=utf-8');
    return this.tree();
  }

  @Get(':idOrSlug')
  @Public()
  @Describe('Read a category', 'With its ancestors, its counts and the first page of its published articles.')
  @Returns(200, CategoryWithArticles, 'The category.', ['ETag'])
  @Fails('not_found')
  findOne(@Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: Output<typeof CategoryIdOrSlugParams>) {
    return this.categories.findOne(idOrSlug);
  }

  @Get(':idOrSlug/articles')
  @Public()
  @Describe(
    'List the articles of a category',
    'Those filed directly under it, or with `descendants=true` anywhere in its subtree; else as `GET /articles`.',
  )
  @Returns(200, ArticleList, 'One page.', ['Link'])
  @Fails('not_found', 'invalid_cursor', 'page_too_deep')
  async articles(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: Output<typeof CategoryIdOrSlugParams>,
    @Query({ schema: ArticleListQuery }) query: ArticleListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linkPages(request, reply, await this.categories.articlesOf(idOrSlug, query, principal));
  }

  @Patch(':idOrSlug')
  @RequirePermission('categories.write')
  @Describe('Change a category', '`parentId` moves it, with all that is below it.')
  @Returns(200, Category, 'The category as it is now.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'name_taken', 'unknown_category', 'category_cycle', 'version_mismatch')
  update(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: Output<typeof CategoryIdOrSlugParams>,
    @Body({ schema: CategoryUpdate }) body: CategoryUpdate,
    @IfMatch() expected: ExpectedVersions,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.categories.update(idOrSlug, body, expected, principal);
  }

  @Put(':idOrSlug')
  @RequirePermission('categories.write')
  @Describe('Replace a category', 'What the body leaves out becomes empty, but for the slug, which stays.')
  @Returns(200, Category, 'The category as it is now.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'name_taken', 'unknown_category', 'category_cycle', 'version_mismatch')
  replace(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: Output<typeof CategoryIdOrSlugParams>,
    @Body({ schema: CategoryCreate }) body: CategoryCreate,
    @IfMatch() expected: ExpectedVersions,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.categories.replace(idOrSlug, body, expected, principal);
  }

  @Delete(':idOrSlug')
  @RequirePermission('categories.write')
  @Describe('Delete a category', 'Its links go with it, its children move up to its parent.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'name_taken', 'version_mismatch')
  remove(
    @Param({ schema: CategoryIdOrSlugParams }) { idOrSlug }: Output<typeof CategoryIdOrSlugParams>,
    @IfMatch() expected: ExpectedVersions,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.categories.remove(idOrSlug, expected, principal);
  }
}

/** The whole tree has no pages and no selection: what would be ignored is refused instead. */
function refuseBeside(parameter: string, query: object) {
  const others = Object.keys(query).filter((name) => name !== parameter);
  if (others.length === 0) return;
  const detail = `${parameter}=true takes no other parameter.`;
  throw new Problem(
    'invalid_request',
    detail,
    others.map((name) => ({ pointer: `/${name}`, code: 'conflict', detail })),
  );
}
