import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { CurrentRequester, type Requester } from '../bounded-reads/requester.ts';
import { Idempotent } from '../idempotency/idempotent.decorators.ts';
import { Describe, Fails, Returns, Section } from '../openapi/route.decorators.ts';
import { withLinkHeader } from '../pagination/link-header.ts';
import { RedirectLists } from './redirect-lists.reader.ts';
import {
  Redirect,
  RedirectCreate,
  RedirectList,
  RedirectListQuery,
  RedirectParams,
  ResolvedAddress,
  ResolveQuery,
} from './redirects.schema.ts';
import { RedirectsService } from './redirects.service.ts';

@Controller()
@Section('Addresses', 'Paths of the system that Rubric replaces, and the rows that they lead to.')
export class RedirectsController {
  constructor(
    private readonly redirects: RedirectsService,
    private readonly lists: RedirectLists,
  ) {}

  @Get('resolve')
  @Public()
  @Describe(
    'Resolve a path',
    'Returns the row that a path leads to, by its redirect. Paths of this API, such as `/articles/a-post`, lead to their rows, also with an old slug.',
  )
  @Returns(200, ResolvedAddress, 'The row.')
  @Fails('not_found', 'gone')
  resolve(@Query({ schema: ResolveQuery }) { path }: ResolveQuery, @CurrentPrincipal() principal: Principal) {
    return this.redirects.resolve(path, principal);
  }

  @Post('redirects')
  @RequirePermission('redirects.manage')
  @Idempotent()
  @Describe('Create a redirect', 'Makes a path lead to a row, or, without a target, marks it as gone.')
  @Returns(201, Redirect, 'The new redirect.', ['Location'])
  @Fails('path_taken', 'unknown_target')
  async create(
    @Body({ schema: RedirectCreate }) body: RedirectCreate,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const redirect = await this.redirects.create(body, principal);
    void reply.header('location', `/redirects/${redirect.id}`);
    return redirect;
  }

  @Get('redirects')
  @RequirePermission('redirects.manage')
  @Describe('List redirects', 'Lists all redirects, the newest first, or that of one path.')
  @Returns(200, RedirectList, 'One page of redirects.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep', 'too_expensive')
  async findAll(
    @Query({ schema: RedirectListQuery }) query: RedirectListQuery,
    @CurrentRequester() requester: Requester,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.lists.findAll(query, requester));
  }

  @Get('redirects/:id')
  @RequirePermission('redirects.manage')
  @Describe('Get a redirect', 'Returns the redirect.')
  @Returns(200, Redirect, 'The redirect.')
  @Fails('not_found')
  findOne(@Param({ schema: RedirectParams }) { id }: RedirectParams) {
    return this.redirects.findOne(id);
  }

  @Delete('redirects/:id')
  @RequirePermission('redirects.manage')
  @Describe(
    'Delete a redirect',
    'Its path is then unknown. To mark the path as gone, create a redirect without a target.',
  )
  @Returns(204, null, 'The redirect is deleted.')
  @Fails('not_found')
  remove(@Param({ schema: RedirectParams }) { id }: RedirectParams, @CurrentPrincipal() principal: Principal) {
    return this.redirects.remove(id, principal);
  }
}
