import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentPrincipal, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { CurrentRequester, type Requester } from '../../bounded-reads/requester.ts';
import { type ExpectedVersions, IfMatch, RequirableIfMatch } from '../../http/conditional-requests.ts';
import { Idempotent } from '../../idempotency/idempotent.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { UNKNOWN_ID_CODES } from '../article-relations.ts';
import { Article, ArticleIdParams } from '../articles.schema.ts';
import { ArticleView } from '../content/article-view.reader.ts';
import { Draft, DraftPublish, DraftReadQuery, DraftUpdate } from './drafts.schema.ts';
import { DraftsService } from './drafts.service.ts';

@Controller('articles/:id/draft')
@Section('Working drafts', 'Changes of a published article that readers do not see yet.')
export class DraftsController {
  constructor(
    private readonly drafts: DraftsService,
    private readonly view: ArticleView,
  ) {}

  @Get()
  @RequirePermission('articles.readWorkingDrafts')
  @Describe('Get a working draft', 'Returns the article with the changes of its working draft.')
  @Returns(200, Draft, 'The working draft.', ['ETag'])
  @Fails('not_found', 'too_expensive', 'version_mismatch')
  async findOne(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Query({ schema: DraftReadQuery }) { fields }: DraftReadQuery,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.view.select(await this.drafts.findOne(id, principal, expectedVersions), fields, requester);
  }

  @Patch()
  @RequirePermission('articles.writeWorkingDrafts')
  @Idempotent()
  @Describe(
    'Save a working draft',
    'Saves the fields in the body, with the validation of an update of the article. Creates the working draft from the ' +
      'published article if there is none: `If-Match` is then compared with the version of the article, later with that of the ' +
      'draft. The first version of a draft is `baseVersion + 1`.',
  )
  @Returns(200, Draft, 'The working draft.', ['ETag'])
  @Fails(
    'not_found',
    'not_published',
    'slug_taken',
    ...UNKNOWN_ID_CODES,
    'version_mismatch',
    'version_required',
    'too_many_ids',
  )
  save(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Body({ schema: DraftUpdate }) body: DraftUpdate,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.drafts.save(id, body, principal, expectedVersions);
  }

  @Post('publish')
  @RequirePermission('articles.writeWorkingDrafts')
  @Idempotent()
  @Describe(
    'Publish a working draft',
    'Copies the changes of the working draft to the article and deletes the draft. Fields that both have changed to ' +
      'different values are a conflict until `prefer` decides.',
  )
  @Returns(200, Article, 'The article.', ['ETag'])
  @Fails('not_found', 'not_published', 'draft_conflict', 'slug_taken', ...UNKNOWN_ID_CODES, 'version_mismatch')
  publish(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @Body({ schema: DraftPublish.optional() }) body: DraftPublish | undefined,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.drafts.publish(id, body, principal, expectedVersions);
  }

  @Delete()
  @RequirePermission('articles.writeWorkingDrafts')
  @Describe('Discard a working draft', 'Deletes the working draft. The article does not change.')
  @Returns(204, null, 'The working draft is discarded.')
  @Fails('not_found', 'version_mismatch', 'version_required')
  discard(
    @Param({ schema: ArticleIdParams }) { id }: ArticleIdParams,
    @CurrentPrincipal() principal: Principal,
    @RequirableIfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.drafts.discard(id, principal, expectedVersions);
  }
}
