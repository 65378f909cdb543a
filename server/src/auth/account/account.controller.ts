import { Body, Controller, Get, Patch, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCaller, NeedsPerson } from '../../access/access.decorators.ts';
import type { Caller } from '../../access/principal.ts';
import { visitOf } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import { OwnAccountChange, PasswordChange } from './account.schema.ts';
import { AccountService } from './account.service.ts';

@Controller('account')
@NeedsPerson()
@ApiTags('Account')
export class AccountController {
  constructor(private readonly account: AccountService) {}

  @Get()
  @Describe('Read your account', 'Who is signed in.')
  @Returns(200, Account, 'The account.')
  @Fails('not_found')
  read(@CurrentCaller() caller: Caller) {
    return this.account.read(caller);
  }

  @Patch()
  @Describe('Change your account', 'Its name. The rest is for admins to change.')
  @Returns(200, Account, 'The account as it is now.')
  @Fails('not_found')
  change(@Body({ schema: OwnAccountChange }) body: OwnAccountChange, @CurrentCaller() caller: Caller) {
    return this.account.change(body, caller);
  }

  @Put('password')
  @Describe('Change your password', 'All your sessions end; this call gives a new one.')
  @Returns(204, null, 'It is changed.', ['Set-Cookie'])
  @Fails('not_found', 'sign_in_refused', 'rate_limited')
  async changePassword(
    @Body({ schema: PasswordChange }) body: PasswordChange,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('set-cookie', await this.account.changePassword(body, visitOf(request), caller));
  }
}
