import { Body, Controller, Delete, Header, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, RequireUser } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { requestContext } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { AuthenticatorCode, NewSecondFactor, PasswordConfirmation, RecoveryCodes } from './second-factor.schema.ts';
import { SecondFactorService } from './second-factor.service.ts';

@Controller('account')
@RequireUser()
@ApiTags('Account')
export class SecondFactorController {
  constructor(private readonly secondFactor: SecondFactorService) {}

  @Post('second-factor')
  @Header('cache-control', 'no-store')
  @Describe('Set up a second factor', 'Signing in asks for it once its first code has come, by PUT.')
  @Returns(201, NewSecondFactor, 'What the authenticator needs; shown this once.')
  @Fails('invalid_credentials', 'second_factor_on', 'rate_limited')
  begin(
    @Body({ schema: PasswordConfirmation }) body: PasswordConfirmation,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.secondFactor.begin(body, requestContext(request), principal);
  }

  @Put('second-factor')
  @Describe('Turn the second factor on', 'With the first code. All other sessions end; this call gives a new one.')
  @Returns(204, null, 'Signing in asks for it from now on.', ['Set-Cookie'])
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
  @Describe('Turn the second factor off', 'All other sessions end; this call gives a new one.')
  @Returns(204, null, 'Signing in takes the password alone.', ['Set-Cookie'])
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
  @Header('cache-control', 'no-store')
  @Describe('Get new recovery codes', 'The old ones are good for nothing from now on.')
  @Returns(201, RecoveryCodes, 'The codes; shown this once.')
  @Fails('not_found', 'invalid_credentials', 'rate_limited')
  renewRecoveryCodes(
    @Body({ schema: PasswordConfirmation }) body: PasswordConfirmation,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.secondFactor.renewRecoveryCodes(body, requestContext(request), principal);
  }
}
