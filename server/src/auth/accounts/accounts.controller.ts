import { Body, Controller, Delete, Get, Param, Patch, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { withLinkHeader } from '../../pagination/link-header.ts';
import { Account, AccountIdParams, AccountList, AccountListQuery, AccountUpdate } from './accounts.schema.ts';
import { AccountsService } from './accounts.service.ts';

type Path = z.output<typeof AccountIdParams>;

@Controller('accounts')
@RequirePermission('accounts.manage')
@ApiTags('Accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @Describe('List accounts', 'By e-mail address.')
  @Returns(200, AccountList, 'One page.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async findAll(
    @Query({ schema: AccountListQuery }) query: AccountListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.accounts.findAll(query));
  }

  @Get(':id')
  @Describe('Read an account', 'Anybody’s. One’s own is at `/account`.')
  @Returns(200, Account, 'The account.')
  @Fails('not_found')
  findOne(@Param({ schema: AccountIdParams }) { id }: Path) {
    return this.accounts.findOne(id);
  }

  @Patch(':id')
  @Describe('Change an account', 'Only the fields that the body names; a new role holds at once.')
  @Returns(200, Account, 'The account as it is now.')
  @Fails('not_found', 'byline_taken', 'last_admin', 'unknown_author')
  update(
    @Param({ schema: AccountIdParams }) { id }: Path,
    @Body({ schema: AccountUpdate }) body: AccountUpdate,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.accounts.update(id, body, principal);
  }

  @Delete(':id')
  @Describe('Delete an account', 'Its sessions and tokens go with it; its articles stay.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'last_admin')
  remove(@Param({ schema: AccountIdParams }) { id }: Path, @CurrentPrincipal() principal: Principal) {
    return this.accounts.remove(id, principal);
  }

  @Delete(':id/second-factor')
  @Describe(
    'Turn a second factor off',
    'For who lost device and recovery codes; their sessions end. One’s own goes by `/account`.',
  )
  @Returns(204, null, 'Signing in takes the password alone.')
  @Fails('not_found')
  removeSecondFactor(@Param({ schema: AccountIdParams }) { id }: Path, @CurrentPrincipal() principal: Principal) {
    return this.accounts.removeSecondFactor(id, principal);
  }
}
