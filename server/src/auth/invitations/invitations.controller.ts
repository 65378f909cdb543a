import { Body, Controller, Delete, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequirePermission } from '../../access/access.decorators.ts';
import { SameOrigin } from '../../access/csrf.guard.ts';
import type { Principal } from '../../access/principal.ts';
import { requestContext } from '../../http/request-context.ts';
import { ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import {
  InvitationAcceptance,
  InvitationCreate,
  InvitationIdParams,
  InvitationList,
  NewInvitation,
} from './invitations.schema.ts';
import { InvitationsService } from './invitations.service.ts';

@Controller('invitations')
@Section('Invitations', 'Invite people to create an account.')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post()
  @RequirePermission('accounts.manage')
  @ShowsSecret()
  @Describe(
    'Invite a user',
    'Emails a link that works once and expires after seven days. Replaces an earlier invitation to the address.',
  )
  @Returns(201, NewInvitation, 'The invitation with its link.')
  @Fails('email_taken', 'unknown_author', 'mail_unavailable')
  create(
    @Body({ schema: InvitationCreate }) body: InvitationCreate,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.invitations.create(body, requestContext(request), principal);
  }

  @Get()
  @RequirePermission('accounts.manage')
  @Describe(
    'List invitations',
    'Lists all invitations without their links, accepted and expired ones included, newest first.',
  )
  @Returns(200, InvitationList, 'The invitations.')
  findAll() {
    return this.invitations.findAll();
  }

  @Delete(':id')
  @RequirePermission('accounts.manage')
  @Describe('Revoke an invitation', 'Its link stops working at once.')
  @Returns(204, null, 'The invitation was revoked.')
  @Fails('not_found')
  remove(@Param({ schema: InvitationIdParams }) { id }: InvitationIdParams, @CurrentPrincipal() principal: Principal) {
    return this.invitations.remove(id, principal);
  }

  @Post('accept')
  @Public()
  @SameOrigin()
  @Describe(
    'Accept an invitation',
    'Creates the account. The token comes from the emailed link. Sign in afterwards with `POST /sessions`.',
  )
  @Returns(201, Account, 'The account.')
  @Fails('link_expired', 'email_taken', 'byline_taken', 'rate_limited')
  accept(@Body({ schema: InvitationAcceptance }) body: InvitationAcceptance, @Req() request: FastifyRequest) {
    return this.invitations.accept(body, requestContext(request));
  }
}
