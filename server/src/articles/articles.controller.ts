import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { type ExpectedVersions, IfMatch } from '../http/conditional-requests.ts';
import { Describe, Fails, Returns } from '../openapi/route.decorators.ts';
import { linkPages } from '../pagination/link-header.ts';
import {
  Article,
  ArticleCategories,
  ArticleCategoryParams,
  ArticleCreate,
  ArticleDeleteQuery,
  ArticleIdOrSlugParams,
  ArticleIdParams,
  ArticleList,
  ArticleListQuery,
  ArticleReadQuery,
  ArticleUpdate,
} from './articles.schema.ts';
import { ArticlesService } from './articles.service.ts';

type Output<T extends z.ZodType> = z.output<T>;

@Controller('articles')
@ApiTags('Articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Post()
  @RequirePermission('articles.write')
  @Describe('Create an article', 'Writes the article and its links in one transaction.')
  @Returns(201, Article, 'The article.', ['ETag', 'Location'])
  @Fails('slug_taken', 'unknown_category', 'unknown_author', 'too_many_ids')
  async create(
    @Body({ schema: ArticleCreate }) body: ArticleCreate,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const article = await this.articles.create(body, principal);
    void reply.header('location', `/articles/${article.id}`);
    return article;
  }

  @Get()
  @Public()
  @Describe('List articles', 'Published articles, newest first, unless the parameters ask for others or another order.')
  @Returns(200, ArticleList, 'One page.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async findAll(
    @Query({ schema: ArticleListQuery }) query: ArticleListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linkPages(request, reply, await this.articles.findAll(query, principal));
  }

  @Get(':idOrSlug')
  @Public()
  @Describe('Read an article', 'With all its categories and authors, in order.')
  @Returns(200, Article, 'The article.', ['ETag'])
  @Fails('not_found')
  findOne(
    @Param({ schema: ArticleIdOrSlugParams }) { idOrSlug }: Output<typeof ArticleIdOrSlugParams>,
    @Query({ schema: ArticleReadQuery }) { trashed }: Output<typeof ArticleReadQuery>,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.articles.findOne(idOrSlug, principal, trashed);
  }

  @Patch(':id')
  @RequirePermission('articles.write')
  @Describe('Change an article', '`categoryIds` present replaces the links; absent keeps them; `[]` clears them.')
  @Returns(200, Article, 'The article as it is now.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'unknown_category', 'unknown_author', 'version_mismatch', 'too_many_ids')
  update(
    @Param({ schema: ArticleIdParams }) { id }: Output<typeof ArticleIdParams>,
    @Body({ schema: ArticleUpdate }) body: ArticleUpdate,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expected: ExpectedVersions,
  ) {
    return this.articles.update(id, body, principal, expected);
  }

  @Delete(':id')
  @RequirePermission('articles.write')
  @Describe('Delete an article', 'To the trash; with `permanent=true` for good, together with its links.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'version_mismatch')
  remove(
    @Param({ schema: ArticleIdParams }) { id }: Output<typeof ArticleIdParams>,
    @Query({ schema: ArticleDeleteQuery }) { permanent }: Output<typeof ArticleDeleteQuery>,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expected: ExpectedVersions,
  ) {
    return this.articles.remove(id, permanent, principal, expected);
  }

  @Post(':id/restore')
  @RequirePermission('articles.write')
  @Describe(
    'Restore an article',
    'From the trash, with its `publishedAt` and links; its slug takes a suffix if it must.',
  )
  @Returns(200, Article, 'The article.', ['ETag'])
  @Fails('not_found', 'version_mismatch')
  restore(
    @Param({ schema: ArticleIdParams }) { id }: Output<typeof ArticleIdParams>,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expected: ExpectedVersions,
  ) {
    return this.articles.restore(id, principal, expected);
  }

  @Get(':id/categories')
  @Public()
  @Describe('List the categories of an article', 'All of them, in order.')
  @Returns(200, ArticleCategories, 'The categories.')
  @Fails('not_found')
  categories(
    @Param({ schema: ArticleIdParams }) { id }: Output<typeof ArticleIdParams>,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.articles.categoriesOf(id, principal);
  }

  @Put(':id/categories/:categoryId')
  @RequirePermission('articles.write')
  @Describe('File an article under a category', 'After those it is under; a link that is there stays as it is.')
  @Returns(204, null, 'The article is under the category.')
  @Fails('not_found', 'version_mismatch')
  addCategory(
    @Param({ schema: ArticleCategoryParams }) { id, categoryId }: Output<typeof ArticleCategoryParams>,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expected: ExpectedVersions,
  ) {
    return this.articles.addCategory(id, categoryId, principal, expected);
  }

  @Delete(':id/categories/:categoryId')
  @RequirePermission('articles.write')
  @Describe('Take an article out of a category', 'Also when it was not in it, and when there is no such category.')
  @Returns(204, null, 'The article is not under the category.')
  @Fails('not_found', 'version_mismatch')
  removeCategory(
    @Param({ schema: ArticleCategoryParams }) { id, categoryId }: Output<typeof ArticleCategoryParams>,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expected: ExpectedVersions,
  ) {
    return this.articles.removeCategory(id, categoryId, principal, expected);
  }
}
