import { Body, Controller, Delete, Get, Param, Patch, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentCaller, Needs } from '../../access/access.decorators.ts';
import type { Caller } from '../../access/principal.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { linkPages } from '../../pagination/link-header.ts';
import { Account, AccountChange, AccountList, AccountListQuery, AccountPath } from './accounts.schema.ts';
import { AccountsService } from './accounts.service.ts';

type Path = z.output<typeof AccountPath>;

@Controller('accounts')
@Needs('accounts.manage')
@ApiTags('Accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @Describe('List accounts', 'By e-mail address.')
  @Returns(200, AccountList, 'One page.', ['Link'])
  @Fails('invalid_cursor', 'page_too_deep')
  async list(
    @Query({ schema: AccountListQuery }) query: AccountListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linkPages(request, reply, await this.accounts.list(query));
  }

  @Get(':id')
  @Describe('Read an account', 'Anybody’s. One’s own is at `/account`.')
  @Returns(200, Account, 'The account.')
  @Fails('not_found')
  read(@Param({ schema: AccountPath }) { id }: Path) {
    return this.accounts.read(id);
  }

  @Patch(':id')
  @Describe('Change an account', 'Only the fields that the body names; a new role holds at once.')
  @Returns(200, Account, 'The account as it is now.')
  @Fails('not_found', 'byline_taken', 'last_admin', 'unknown_author')
  change(
    @Param({ schema: AccountPath }) { id }: Path,
    @Body({ schema: AccountChange }) body: AccountChange,
    @CurrentCaller() caller: Caller,
  ) {
    return this.accounts.change(id, body, caller);
  }

  @Delete(':id')
  @Describe('Delete an account', 'Its sessions and tokens go with it; its articles stay.')
  @Returns(204, null, 'It is gone.')
  @Fails('not_found', 'last_admin')
  remove(@Param({ schema: AccountPath }) { id }: Path, @CurrentCaller() caller: Caller) {
    return this.accounts.remove(id, caller);
  }

  @Delete(':id/second-factor')
  @Describe(
    'Turn a second factor off',
    'For who lost device and recovery codes; their sessions end. One’s own goes by `/account`.',
  )
  @Returns(204, null, 'Signing in takes the password alone.')
  @Fails('not_found')
  removeSecondFactor(@Param({ schema: AccountPath }) { id }: Path, @CurrentCaller() caller: Caller) {
    return this.accounts.removeSecondFactor(id, caller);
  }
}
