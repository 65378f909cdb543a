import { Body, Controller, Delete, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, RequireUser } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { requestContext } from '../../http/request-context.ts';
import { ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { AuthenticatorCode, NewSecondFactor, PasswordConfirmation, RecoveryCodes } from './second-factor.schema.ts';
import { SecondFactorService } from './second-factor.service.ts';

@Controller('account')
@RequireUser()
@Section('Account')
export class SecondFactorController {
  constructor(private readonly secondFactor: SecondFactorService) {}

  @Post('second-factor')
  @ShowsSecret()
  @Describe('Set up a second factor', 'Signing in does not require it until `PUT` has confirmed the first code.')
  @Returns(201, NewSecondFactor, 'The secret for the authenticator, shown only once.')
  @Fails('invalid_credentials', 'second_factor_on', 'rate_limited')
  begin(
    @Body({ schema: PasswordConfirmation }) body: PasswordConfirmation,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.secondFactor.begin(body, requestContext(request), principal);
  }

  @Put('second-factor')
  @Describe(
    'Enable the second factor',
    'Confirms its first code. Ends all your sessions. The response sets the cookie of a new one.',
  )
  @Returns(204, null, 'The second factor is enabled. Signing in requires it.', ['Set-Cookie'])
  @Fails('not_found', 'invalid_credentials', 'second_factor_on', 'rate_limited')
  async confirm(
    @Body({ schema: AuthenticatorCode }) body: AuthenticatorCode,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('set-cookie', await this.secondFactor.confirm(body, requestContext(request), principal));
  }

  @Delete('second-factor')
  @Describe('Disable the second factor', 'Ends all your sessions. The response sets the cookie of a new one.')
  @Returns(204, null, 'The second factor is disabled. Signing in needs only the password.', ['Set-Cookie'])
  @Fails('not_found', 'invalid_credentials', 'rate_limited')
  async disable(
    @Body({ schema: PasswordConfirmation }) body: PasswordConfirmation,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('set-cookie', await this.secondFactor.disable(body, requestContext(request), principal));
  }

  @Post('recovery-codes')
  @ShowsSecret()
  @Describe('Renew recovery codes', 'The old codes stop working at once.')
  @Returns(201, RecoveryCodes, 'The codes, shown only once.')
  @Fails('not_found', 'invalid_credentials', 'rate_limited')
  renewRecoveryCodes(
    @Body({ schema: PasswordConfirmation }) body: PasswordConfirmation,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.secondFactor.renewRecoveryCodes(body, requestContext(request), principal);
  }
}
