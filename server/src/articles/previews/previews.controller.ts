import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { CurrentRequester, type Requester } from '../../bounded-reads/requester.ts';
import { requestContext } from '../../http/request-context.ts';
import { SecretAddress, ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { Article, ArticleIdParams } from '../articles.schema.ts';
import { ArticleView } from '../content/article-view.reader.ts';
import {
  NewPreview,
  Preview,
  PreviewCreate,
  PreviewList,
  PreviewParams,
  PreviewReadQuery,
  PreviewSecretParams,
} from './previews.schema.ts';
import { PreviewsService } from './previews.service.ts';

@Controller()
@Section('Previews', 'Links that show one article to everybody who has them.')
export class PreviewsController {
  constructor(
    private readonly previews: PreviewsService,
    private readonly view: ArticleView,
  ) {}

  @Post('articles/:id/previews')
  @RequirePermission('articles.preview')
  @ShowsSecret()
  @Describe(
    'Create a preview',
    'Everybody who has the link sees this article as it will be, published or not, until the preview expires or is revoked, or the article is deleted. The response contains the secret, which is not shown again: only its SHA-256 is stored.',
  )
  @Returns(201, NewPreview, 'The preview with its link.', ['Location'])
  @Fails('not_found')
  async create(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Body({ schema: PreviewCreate.optional() }) body: PreviewCreate | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const preview = await this.previews.create(id, body, requestContext(request), principal);
    void reply.header('location', `/articles/${id}/previews/${preview.id}`);
    return preview;
  }

  @Get('articles/:id/previews')
  @RequirePermission('articles.readPreviews')
  @Describe(
    'List the previews of an article',
    'Lists those that have not expired, without their secrets, newest first.',
  )
  @Returns(200, PreviewList, 'The previews.')
  @Fails('not_found')
  findAll(@Param({ schema: ArticleIdParams }) { id }: ArticleIdParams, @CurrentPrincipal() principal: Principal) {
    return this.previews.findAll(id, principal);
  }

  @Get('articles/:id/previews/:previewId')
  @RequirePermission('articles.readPreviews')
  @Describe('Get a preview', 'Returns a preview that has not expired, without its secret.')
  @Returns(200, Preview, 'The preview.')
  @Fails('not_found')
  findOne(
    @Param({ schema: PreviewParams }) { id, previewId }: PreviewParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.previews.findOne(id, previewId, principal);
  }

  @Delete('articles/:id/previews/:previewId')
  @RequirePermission('articles.preview')
  @Describe('Revoke a preview', 'Its link stops working at once.')
  @Returns(204, null, 'The preview was revoked.')
  @Fails('not_found')
  remove(@Param({ schema: PreviewParams }) { id, previewId }: PreviewParams, @CurrentPrincipal() principal: Principal) {
    return this.previews.remove(id, previewId, principal);
  }

  @Get('previews/:secret')
  @Public()
  @SecretAddress()
  @Describe(
    'Get a previewed article',
    'Returns the article as it will be, to everybody who has the secret. Caches must not store it, and search engines must not list it.',
  )
  @Returns(200, Article, 'The article.', ['ETag', 'Cache-Control', 'X-Robots-Tag'])
  @Fails('not_found', 'too_expensive')
  async findShown(
    @Param({ schema: PreviewSecretParams }) { secret }: PreviewSecretParams,
    @Query({ schema: PreviewReadQuery }) { fields }: PreviewReadQuery,
    @CurrentRequester() requester: Requester,
  ) {
    return this.view.select(await this.previews.findShown(secret), fields, requester);
  }
}
