import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentCaller, Needs, Public } from '../access/access.decorators.ts';
import type { Caller } from '../access/principal.ts';
import { type Expected, IfMatch } from '../http/conditions.ts';
import { Describe, Fails, Returns } from '../openapi/route.decorators.ts';
import { linkPages } from '../pagination/link-header.ts';
import { Author, AuthorChange, AuthorCreate, AuthorKeyPath, AuthorList, AuthorListQuery } from './authors.schema.ts';
import { AuthorsService } from './authors.service.ts';

type KeyPath = z.output<typeof AuthorKeyPath>;

@Controller('authors')
@ApiTags('Authors')
export class AuthorsController {
  constructor(private readonly authors: AuthorsService) {}

  @Post()
  @Needs('authors.write')
  @Describe('Create an author', 'A byline; it needs no account.')
  @Returns(201, Author, 'The author.', ['ETag', 'Location'])
  @Fails('slug_taken')
  async create(
    @Body({ schema: AuthorCreate }) body: AuthorCreate,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const author = await this.authors.create(body, caller);
    void reply.header('location', `/authors/${author.id}`);
    return author;
  }

  @Get()
  @Public()
  @Describe('List authors', 'By name.')
  @Returns(200, AuthorList, 'One page.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async list(
    @Query({ schema: AuthorListQuery }) query: AuthorListQuery,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linkPages(request, reply, await this.authors.list(query, caller));
  }

  @Get(':idOrSlug')
  @Public()
  @Describe('Read an author', '`email` only for readers, editors and admins.')
  @Returns(200, Author, 'The author.', ['ETag'])
  @Fails('not_found')
  read(@Param({ schema: AuthorKeyPath }) { idOrSlug }: KeyPath, @CurrentCaller() caller: Caller) {
    return this.authors.read(idOrSlug, caller);
  }

  @Patch(':idOrSlug')
  @Needs('authors.write')
  @Describe('Change an author', 'Only the fields that the body names.')
  @Returns(200, Author, 'The author as it is now.', ['ETag'])
  @Fails('not_found', 'slug_taken', 'version_mismatch')
  change(
    @Param({ schema: AuthorKeyPath }) { idOrSlug }: KeyPath,
    @Body({ schema: AuthorChange }) body: AuthorChange,
    @IfMatch() expected: Expected,
    @CurrentCaller() caller: Caller,
  ) {
    return this.authors.change(idOrSlug, body, expected, caller);
  }

  @Delete(':idOrSlug')
  @Needs('authors.write')
  @Describe('Delete an author', 'Also one in use: the bylines go, the articles stay.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'version_mismatch')
  remove(
    @Param({ schema: AuthorKeyPath }) { idOrSlug }: KeyPath,
    @IfMatch() expected: Expected,
    @CurrentCaller() caller: Caller,
  ) {
    return this.authors.remove(idOrSlug, expected, caller);
  }
}
