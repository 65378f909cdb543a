import { Body, Controller, Delete, Get, Header, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentCaller, Needs, Public } from '../../access/access.decorators.ts';
import { NotFromElsewhere } from '../../access/csrf.guard.ts';
import type { Caller } from '../../access/principal.ts';
import { visitOf } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import { Acceptance, InvitationCreate, InvitationList, InvitationPath, NewInvitation } from './invitations.schema.ts';
import { InvitationsService } from './invitations.service.ts';

@Controller('invitations')
@ApiTags('Invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post()
  @Needs('accounts.manage')
  @Header('cache-control', 'no-store')
  @Describe('Invite somebody', 'Mails a link that is good once, for seven days. It takes the place of an earlier one.')
  @Returns(201, NewInvitation, 'The invitation, with its link.')
  @Fails('email_taken', 'unknown_author', 'mail_unavailable')
  create(
    @Body({ schema: InvitationCreate }) body: InvitationCreate,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
  ) {
    return this.invitations.create(body, visitOf(request), caller);
  }

  @Get()
  @Needs('accounts.manage')
  @Describe('List invitations', 'Without their links, accepted and expired ones too, the newest first.')
  @Returns(200, InvitationList, 'The invitations.')
  list() {
    return this.invitations.list();
  }

  @Delete(':id')
  @Needs('accounts.manage')
  @Describe('Withdraw an invitation', 'Its link is good for nothing from now on.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found')
  remove(@Param({ schema: InvitationPath }) { id }: z.output<typeof InvitationPath>, @CurrentCaller() caller: Caller) {
    return this.invitations.remove(id, caller);
  }

  @Post('accept')
  @Public()
  @NotFromElsewhere()
  @Describe('Accept an invitation', 'With the token of the mailed link. Makes the account; sign in with it then.')
  @Returns(201, Account, 'The account.')
  @Fails('link_spent', 'email_taken', 'byline_taken', 'rate_limited')
  accept(@Body({ schema: Acceptance }) body: Acceptance, @Req() request: FastifyRequest) {
    return this.invitations.accept(body, visitOf(request));
  }
}
