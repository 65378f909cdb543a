import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentCaller, Needs, Public } from '../access/access.decorators.ts';
import type { Caller } from '../access/principal.ts';
import { type Expected, IfMatch } from '../http/conditions.ts';
import { Describe, Fails, Returns } from '../openapi/route.decorators.ts';
import { linkPages } from '../pagination/link-header.ts';
import {
  Article,
  ArticleCategories,
  ArticleCategoryPath,
  ArticleChange,
  ArticleCreate,
  ArticleDeleteQuery,
  ArticleKeyPath,
  ArticleList,
  ArticleListQuery,
  ArticlePath,
  ArticleReadQuery,
} from './articles.schema.ts';
import { ArticlesService } from './articles.service.ts';

type Output<T extends z.ZodType> = z.output<T>;

@Controller('articles')
@ApiTags('Articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Post()
  @Needs('articles.write')
  @Describe('Create an article', 'Writes the article and its links in one transaction.')
  @Returns(201, Article, 'The article.', ['ETag', 'Location'])
  @Fails('slug_taken', 'unknown_category', 'unknown_author', 'too_many_ids')
  async create(
    @Body({ schema: ArticleCreate }) body: ArticleCreate,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const article = await this.articles.create(body, caller);
    void reply.header('location', `/articles/${article.id}`);
    return article;
  }

  @Get()
  @Public()
  @Describe('List articles', 'Published articles, newest first, unless the parameters ask for others or another order.')
  @Returns(200, ArticleList, 'One page.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async list(
    @Query({ schema: ArticleListQuery }) query: ArticleListQuery,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linkPages(request, reply, await this.articles.list(query, caller));
  }

  @Get(':idOrSlug')
  @Public()
  @Describe('Read an article', 'With all its categories and authors, in order.')
  @Returns(200, Article, 'The article.', ['ETag'])
  @Fails('not_found')
  read(
    @Param({ schema: ArticleKeyPath }) { idOrSlug }: Output<typeof ArticleKeyPath>,
    @Query({ schema: ArticleReadQuery }) { trashed }: Output<typeof ArticleReadQuery>,
    @CurrentCaller() caller: Caller,
  ) {
    return this.articles.read(idOrSlug, caller, trashed);
  }

  @Patch(':id')
  @Needs('articles.write')
  @Describe('Change an article', '`categoryIds` present replaces the links; absent keeps them; `[]` clears them.')
  @Returns(200, Article, 'The article as it is now.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'unknown_category', 'unknown_author', 'version_mismatch', 'too_many_ids')
  change(
    @Param({ schema: ArticlePath }) { id }: Output<typeof ArticlePath>,
    @Body({ schema: ArticleChange }) body: ArticleChange,
    @CurrentCaller() caller: Caller,
    @IfMatch() expected: Expected,
  ) {
    return this.articles.change(id, body, caller, expected);
  }

  @Delete(':id')
  @Needs('articles.write')
  @Describe('Delete an article', 'To the trash; with `permanent=true` for good, together with its links.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'version_mismatch')
  remove(
    @Param({ schema: ArticlePath }) { id }: Output<typeof ArticlePath>,
    @Query({ schema: ArticleDeleteQuery }) { permanent }: Output<typeof ArticleDeleteQuery>,
    @CurrentCaller() caller: Caller,
    @IfMatch() expected: Expected,
  ) {
    return this.articles.remove(id, permanent, caller, expected);
  }

  @Post(':id/restore')
  @Needs('articles.write')
  @Describe(
    'Restore an article',
    'From the trash, with its `publishedAt` and links; its slug takes a suffix if it must.',
  )
  @Returns(200, Article, 'The article.', ['ETag'])
  @Fails('not_found', 'version_mismatch')
  restore(
    @Param({ schema: ArticlePath }) { id }: Output<typeof ArticlePath>,
    @CurrentCaller() caller: Caller,
    @IfMatch() expected: Expected,
  ) {
    return this.articles.restore(id, caller, expected);
  }

  @Get(':id/categories')
  @Public()
  @Describe('List the categories of an article', 'All of them, in order.')
  @Returns(200, ArticleCategories, 'The categories.')
  @Fails('not_found')
  categories(@Param({ schema: ArticlePath }) { id }: Output<typeof ArticlePath>, @CurrentCaller() caller: Caller) {
    return this.articles.categoriesOf(id, caller);
  }

  @Put(':id/categories/:categoryId')
  @Needs('articles.write')
  @Describe('File an article under a category', 'After those it is under; a link that is there stays as it is.')
  @Returns(204, null, 'The article is under the category.')
  @Fails('not_found', 'version_mismatch')
  addCategory(
    @Param({ schema: ArticleCategoryPath }) { id, categoryId }: Output<typeof ArticleCategoryPath>,
    @CurrentCaller() caller: Caller,
    @IfMatch() expected: Expected,
  ) {
    return this.articles.addCategory(id, categoryId, caller, expected);
  }

  @Delete(':id/categories/:categoryId')
  @Needs('articles.write')
  @Describe('Take an article out of a category', 'Also when it was not in it, and when there is no such category.')
  @Returns(204, null, 'The article is not under the category.')
  @Fails('not_found', 'version_mismatch')
  removeCategory(
    @Param({ schema: ArticleCategoryPath }) { id, categoryId }: Output<typeof ArticleCategoryPath>,
    @CurrentCaller() caller: Caller,
    @IfMatch() expected: Expected,
  ) {
    return this.articles.removeCategory(id, categoryId, caller, expected);
  }
}
