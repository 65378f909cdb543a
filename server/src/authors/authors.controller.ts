import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { CurrentRequester, type Requester } from '../bounded-reads/requester.ts';
import { type ExpectedVersions, IfMatch } from '../http/conditional-requests.ts';
import { Idempotent } from '../idempotency/idempotent.decorators.ts';
import { Describe, Fails, RedirectsOldSlugs, Returns, Section } from '../openapi/route.decorators.ts';
import { withLinkHeader } from '../pagination/link-header.ts';
import { AuthorLists } from './author-lists.reader.ts';
import {
  Author,
  AuthorCreate,
  AuthorIdOrSlugParams,
  AuthorList,
  AuthorListQuery,
  AuthorUpdate,
} from './authors.schema.ts';
import { AuthorsService } from './authors.service.ts';

@Controller('authors')
@Section('Authors', 'Authors of articles. An article can have several, in a defined order.')
export class AuthorsController {
  constructor(
    private readonly authors: AuthorsService,
    private readonly lists: AuthorLists,
  ) {}

  @Post()
  @RequirePermission('authors.write')
  @Idempotent()
  @Describe('Create an author', 'Creates a byline. An author needs no account.')
  @Returns(201, Author, 'The new author.', ['ETag', 'Location'])
  @Fails('slug_taken')
  async create(
    @Body({ schema: AuthorCreate }) body: AuthorCreate,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const author = await this.authors.create(body, principal);
    void reply.header('location', `/authors/${author.id}`);
    return author;
  }

  @Get()
  @Public()
  @Describe('List authors', 'Lists all authors, by name.')
  @Returns(200, AuthorList, 'One page of authors.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep', 'too_expensive')
  async findAll(
    @Query({ schema: AuthorListQuery }) query: AuthorListQuery,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequester() requester: Requester,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.lists.findAll(query, principal, requester));
  }

  @Get(':idOrSlug')
  @Public()
  @Describe('Get an author', 'Returns the author. Only readers, editors and admins get `email`.')
  @Returns(200, Author, 'The author.', ['ETag'])
  @RedirectsOldSlugs()
  @Fails('not_found')
  findOne(
    @Param({ schema: AuthorIdOrSlugParams }) { idOrSlug }: AuthorIdOrSlugParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.authors.findOne(idOrSlug, principal);
  }

  @Patch(':idOrSlug')
  @RequirePermission('authors.write')
  @Idempotent()
  @Describe('Update an author', 'Updates the fields in the body.')
  @Returns(200, Author, 'The updated author.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'version_mismatch')
  update(
    @Param({ schema: AuthorIdOrSlugParams }) { idOrSlug }: AuthorIdOrSlugParams,
    @Body({ schema: AuthorUpdate }) body: AuthorUpdate,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.authors.update(idOrSlug, body, principal, expectedVersions);
  }

  @Delete(':idOrSlug')
  @RequirePermission('authors.write')
  @Describe('Delete an author', 'Deletes the author and removes it from its articles. The articles stay.')
  @Returns(204, null, 'The author is deleted.')
  @Fails('not_found', 'version_mismatch')
  remove(
    @Param({ schema: AuthorIdOrSlugParams }) { idOrSlug }: AuthorIdOrSlugParams,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.authors.remove(idOrSlug, principal, expectedVersions);
  }
}
