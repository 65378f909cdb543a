import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { CurrentRequester, type Requester } from '../bounded-reads/requester.ts';
import { type ExpectedVersions, IfMatch, RequirableIfMatch } from '../http/conditional-requests.ts';
import { Idempotent } from '../idempotency/idempotent.decorators.ts';
import { Describe, Fails, RedirectsOldSlugs, Returns, Section } from '../openapi/route.decorators.ts';
import { withLinkHeader } from '../pagination/link-header.ts';
import { LINKED_ROWS, UNKNOWN_ID_CODES } from './article-relations.ts';
import {
  Article,
  ArticleCategories,
  ArticleCategoryParams,
  ArticleCreate,
  ArticleDeleteQuery,
  ArticleIdOrSlugParams,
  ArticleIdParams,
  ArticleReadQuery,
  ArticleUpdate,
  HAS_DRAFT,
} from './articles.schema.ts';
import { ArticlesService } from './articles.service.ts';
import { ArticleView } from './content/article-view.reader.ts';
import { ArticleList, ArticleListQuery } from './list/article-list.schema.ts';
import { ArticleLists } from './list/article-lists.reader.ts';
import { assertSeesWorkingDrafts } from './visibility/visibility.ts';

@Controller('articles')
@Section('Articles', 'Articles, each filed under any number of categories in a defined order.')
export class ArticlesController {
  constructor(
    private readonly articles: ArticlesService,
    private readonly lists: ArticleLists,
    private readonly view: ArticleView,
  ) {}

  @Post()
  @RequirePermission('articles.write')
  @Idempotent()
  @Describe('Create an article', 'Creates the article and its links in one transaction.')
  @Returns(201, Article, 'The new article.', ['ETag', 'Location'])
  @Fails('slug_taken', ...UNKNOWN_ID_CODES, 'too_many_ids')
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
  @Describe(
    'List articles',
    'Lists published articles, newest first, unless the parameters select others or another order.',
  )
  @Returns(200, ArticleList, 'One page of articles.', ['Link'])
  @Fails('forbidden', 'invalid_cursor', 'page_too_deep', 'too_expensive', 'answer_too_large', 'too_many_ids')
  async findAll(
    @Query({ schema: ArticleListQuery }) query: ArticleListQuery,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.lists.findAll(query, principal, requester, null));
  }

  @Get(':idOrSlug')
  @Public()
  @Describe(
    'Get an article',
    `Returns the article with all its ${LINKED_ROWS}, in order. \`fields\` can also ask for its content as safe HTML.`,
  )
  @Returns(200, Article, 'The article.', ['ETag'])
  @RedirectsOldSlugs()
  @Fails('forbidden', 'not_found', 'too_expensive')
  async findOne(
    @Param({ schema: ArticleIdOrSlugParams }) { idOrSlug }: ArticleIdOrSlugParams,
    @Query({ schema: ArticleReadQuery }) { fields, trashed }: ArticleReadQuery,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
  ) {
    if (fields?.includes(HAS_DRAFT)) assertSeesWorkingDrafts(principal, 'fields');
    return this.view.select(await this.articles.findOne(idOrSlug, principal, trashed), fields, requester);
  }

  @Patch(':id')
  @RequirePermission('articles.write')
  @Idempotent()
  @Describe(
    'Update an article',
    'Updates the fields in the body. A list of ids replaces all links of its kind; `[]` removes them.',
  )
  @Returns(200, Article, 'The updated article.', ['ETag'])
  @Fails('not_found', 'slug_taken', ...UNKNOWN_ID_CODES, 'version_mismatch', 'version_required', 'too_many_ids')
  update(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Body({ schema: ArticleUpdate }) body: ArticleUpdate,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.articles.update(id, body, principal, expectedVersions);
  }

  @Delete(':id')
  @RequirePermission('articles.write')
  @Describe(
    'Delete an article',
    'Moves the article to the trash. With `permanent=true`, deletes the article and its links permanently.',
  )
  @Returns(204, null, 'The article is deleted.')
  @Fails('not_found', 'version_mismatch', 'version_required')
  remove(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Query({ schema: ArticleDeleteQuery }) { permanent }: ArticleDeleteQuery,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.articles.remove(id, permanent, principal, expectedVersions);
  }

  @Post(':id/restore')
  @RequirePermission('articles.write')
  @Idempotent()
  @Describe(
    'Restore an article',
    'Restores the article from the trash with its `publishedAt` and links. If its slug is taken, it gets a suffix.',
  )
  @Returns(200, Article, 'The restored article.', ['ETag'])
  @Fails('not_found', 'version_mismatch')
  restore(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.articles.restore(id, principal, expectedVersions);
  }

  @Get(':id/categories')
  @Public()
  @Describe('List the categories of an article', 'Returns all of them, in order.')
  @Returns(200, ArticleCategories, 'The categories.')
  @Fails('not_found')
  findCategories(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.articles.findCategories(id, principal);
  }

  @Put(':id/categories/:categoryId')
  @RequirePermission('articles.write')
  @Describe(
    'Add an article to a category',
    'Adds the category after the other categories of the article. If the article is in it already, nothing changes.',
  )
  @Returns(204, null, 'The article is in the category.')
  @Fails('not_found', 'version_mismatch', 'version_required', 'too_many_ids')
  addCategory(
    @Param({ schema: ArticleCategoryParams }) { id, categoryId }: ArticleCategoryParams,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.articles.addCategory(id, categoryId, principal, expectedVersions);
  }

  @Delete(':id/categories/:categoryId')
  @RequirePermission('articles.write')
  @Describe(
    'Remove an article from a category',
    'Succeeds if the article is not in the category, or if the category does not exist.',
  )
  @Returns(204, null, 'The article is not in the category.')
  @Fails('not_found', 'version_mismatch', 'version_required')
  removeCategory(
    @Param({ schema: ArticleCategoryParams }) { id, categoryId }: ArticleCategoryParams,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.articles.removeCategory(id, categoryId, principal, expectedVersions);
  }
}
