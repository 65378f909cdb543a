import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { type ExpectedVersions, IfMatch } from '../http/conditional-requests.ts';
import { Describe, Fails, Returns } from '../openapi/route.decorators.ts';
import { linkPages } from '../pagination/link-header.ts';
import {
  Author,
  AuthorCreate,
  AuthorIdOrSlugParams,
  AuthorList,
  AuthorListQuery,
  AuthorUpdate,
} from './authors.schema.ts';
import { AuthorsService } from './authors.service.ts';

type KeyPath = z.output<typeof AuthorIdOrSlugParams>;

@Controller('authors')
@ApiTags('Authors')
export class AuthorsController {
  constructor(private readonly authors: AuthorsService) {}

  @Post()
  @RequirePermission('authors.write')
  @Describe('Create an author', 'A byline; it needs no account.')
  @Returns(201, Author, 'The author.', ['ETag', 'Location'])
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
  @Describe('List authors', 'By name.')
  @Returns(200, AuthorList, 'One page.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async findAll(
    @Query({ schema: AuthorListQuery }) query: AuthorListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linkPages(request, reply, await this.authors.findAll(query, principal));
  }

  @Get(':idOrSlug')
  @Public()
  @Describe('Read an author', '`email` only for readers, editors and admins.')
  @Returns(200, Author, 'The author.', ['ETag'])
  @Fails('not_found')
  findOne(@Param({ schema: AuthorIdOrSlugParams }) { idOrSlug }: KeyPath, @CurrentPrincipal() principal: Principal) {
    return this.authors.findOne(idOrSlug, principal);
  }

  @Patch(':idOrSlug')
  @RequirePermission('authors.write')
  @Describe('Change an author', 'Only the fields that the body names.')
  @Returns(200, Author, 'The author as it is now.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'version_mismatch')
  update(
    @Param({ schema: AuthorIdOrSlugParams }) { idOrSlug }: KeyPath,
    @Body({ schema: AuthorUpdate }) body: AuthorUpdate,
    @IfMatch() expected: ExpectedVersions,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.authors.update(idOrSlug, body, expected, principal);
  }

  @Delete(':idOrSlug')
  @RequirePermission('authors.write')
  @Describe('Delete an author', 'Also one in use: the bylines go, the articles stay.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'version_mismatch')
  remove(
    @Param({ schema: AuthorIdOrSlugParams }) { idOrSlug }: KeyPath,
    @IfMatch() expected: ExpectedVersions,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.authors.remove(idOrSlug, expected, principal);
  }
}
