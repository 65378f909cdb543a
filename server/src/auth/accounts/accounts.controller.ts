import { Body, Controller, Delete, Get, Param, Patch, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { withLinkHeader } from '../../pagination/link-header.ts';
import { Account, AccountIdParams, AccountList, AccountListQuery, AccountUpdate } from './accounts.schema.ts';
import { AccountsService } from './accounts.service.ts';

@Controller('accounts')
@RequirePermission('accounts.manage')
@Section('Accounts', 'All accounts. Requires an admin.')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @Describe('List accounts', 'Lists the accounts, ordered by email address.')
  @Returns(200, AccountList, 'A page of accounts.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async findAll(
    @Query({ schema: AccountListQuery }) query: AccountListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.accounts.findAll(query));
  }

  @Get(':id')
  @Describe('Get an account', 'Returns any account. Your own account is also at `/account`.')
  @Returns(200, Account, 'The account.')
  @Fails('not_found')
  findOne(@Param({ schema: AccountIdParams }) { id }: AccountIdParams) {
    return this.accounts.findOne(id);
  }

  @Patch(':id')
  @Describe('Update an account', 'Updates the fields in the body. A new role applies from the next request.')
  @Returns(200, Account, 'The updated account.')
  @Fails('not_found', 'byline_taken', 'last_admin', 'unknown_author')
  update(
    @Param({ schema: AccountIdParams }) { id }: AccountIdParams,
    @Body({ schema: AccountUpdate }) body: AccountUpdate,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.accounts.update(id, body, principal);
  }

  @Delete(':id')
  @Describe('Delete an account', 'Also deletes its sessions and tokens. Its articles stay.')
  @Returns(204, null, 'The account was deleted.')
  @Fails('not_found', 'last_admin')
  remove(@Param({ schema: AccountIdParams }) { id }: AccountIdParams, @CurrentPrincipal() principal: Principal) {
    return this.accounts.remove(id, principal);
  }

  @Delete(':id/second-factor')
  @Describe(
    'Disable the second factor of an account',
    'For users who lost their device and their recovery codes. Ends their sessions. Disable your own at `/account/second-factor`.',
  )
  @Returns(204, null, 'The second factor is disabled. Signing in needs only the password.')
  @Fails('not_found')
  removeSecondFactor(
    @Param({ schema: AccountIdParams }) { id }: AccountIdParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.accounts.removeSecondFactor(id, principal);
  }
}
