import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { CurrentRequester, type Requester } from '../../bounded-reads/requester.ts';
import { type ExpectedVersions, IfMatch } from '../../http/conditional-requests.ts';
import { Idempotent } from '../../idempotency/idempotent.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { withLinkHeader } from '../../pagination/link-header.ts';
import { Article, ArticleIdParams } from '../articles.schema.ts';
import { ArticleView } from '../content/article-view.reader.ts';
import {
  RestoredArticle,
  RevisionDiff,
  RevisionDiffQuery,
  RevisionList,
  RevisionListQuery,
  RevisionParams,
  RevisionReadQuery,
} from './revisions.schema.ts';
import { RevisionsService } from './revisions.service.ts';

@Controller('articles/:id/revisions')
@Section('Revisions', 'The history of an article.')
export class RevisionsController {
  constructor(
    private readonly revisions: RevisionsService,
    private readonly view: ArticleView,
  ) {}

  @Get()
  @RequirePermission('articles.readUnpublished')
  @Describe(
    'List the revisions of an article',
    'Lists the saved changes of the article, newest first, for callers that could read it if it were a draft.',
  )
  @Returns(200, RevisionList, 'One page of revisions.', ['Link', 'ETag'])
  @Fails('not_found', 'invalid_cursor')
  async findAll(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Query({ schema: RevisionListQuery }) query: RevisionListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.revisions.findAll(id, query, principal));
  }

  @Get(':number')
  @RequirePermission('articles.readUnpublished')
  @Describe(
    'Get a revision of an article',
    'Returns the article as it was, with the names that its categories and authors had then. `version` is the number.',
  )
  @Returns(200, Article, 'The article as it was.', ['ETag'])
  @Fails('not_found', 'too_expensive')
  async findOne(
    @Param({ schema: RevisionParams }) key: RevisionParams,
    @Query({ schema: RevisionReadQuery }) { trashed, fields }: RevisionReadQuery,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
  ) {
    return this.view.select(await this.revisions.findOne(key, trashed, principal), fields, requester);
  }

  @Get(':number/diff')
  @RequirePermission('articles.readUnpublished')
  @Describe(
    'Compare two revisions of an article',
    'Returns the fields that differ; texts by words, in any script. Very different long texts are compared more coarsely.',
  )
  @Returns(200, RevisionDiff, 'What differs.', ['ETag'])
  @Fails('not_found')
  diff(
    @Param({ schema: RevisionParams }) key: RevisionParams,
    @Query({ schema: RevisionDiffQuery }) query: RevisionDiffQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.revisions.diff(key, query, principal);
  }

  @Post(':number/restore')
  @Idempotent()
  @RequirePermission('articles.write')
  @Describe(
    'Restore a revision of an article',
    'Makes the text and the links of the revision those of the article, as a new revision. `publishedAt` stays as it is, ' +
      'and so does the slug if another article has the old one. Links to rows that are gone are left out and listed.',
  )
  @Returns(200, RestoredArticle, 'The article after the restore.', ['ETag'])
  @Fails('not_found', 'version_mismatch')
  restore(
    @Param({ schema: RevisionParams }) key: RevisionParams,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.revisions.restore(key, principal, expectedVersions);
  }
}
