import { Body, Controller, Get, Patch, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, RequireUser } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { requestContext } from '../../http/request-context.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import { OwnAccountUpdate, PasswordChange } from './account.schema.ts';
import { AccountService } from './account.service.ts';

@Controller('account')
@RequireUser()
@Section('Account', 'Your own account.')
export class AccountController {
  constructor(private readonly account: AccountService) {}

  @Get()
  @Describe('Get your account', 'Returns the account that is signed in.')
  @Returns(200, Account, 'The account.')
  @Fails('not_found')
  findOne(@CurrentPrincipal() principal: Principal) {
    return this.account.findOne(principal);
  }

  @Patch()
  @Describe('Update your account', 'Updates its name. Only admins can update the other fields.')
  @Returns(200, Account, 'The updated account.')
  @Fails('not_found')
  update(@Body({ schema: OwnAccountUpdate }) body: OwnAccountUpdate, @CurrentPrincipal() principal: Principal) {
    return this.account.update(body, principal);
  }

  @Put('password')
  @Describe('Change your password', 'Ends all your sessions. The response sets the cookie of a new one.')
  @Returns(204, null, 'The password was changed.', ['Set-Cookie'])
  @Fails('not_found', 'invalid_credentials', 'rate_limited')
  async changePassword(
    @Body({ schema: PasswordChange }) body: PasswordChange,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('set-cookie', await this.account.changePassword(body, requestContext(request), principal));
  }
}
