import { Body, Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.ts';
import { SameOrigin } from '../../access/csrf.guard.ts';
import { requestContext } from '../../http/request-context.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { ForgottenPassword, MailAccepted, PasswordReset } from './password-reset.schema.ts';
import { PasswordResetService } from './password-reset.service.ts';

@Controller('passwords')
@Public()
@SameOrigin()
@Section('Passwords', 'Reset a forgotten password.')
export class PasswordResetController {
  constructor(private readonly passwords: PasswordResetService) {}

  @Post('forgotten')
  @Describe(
    'Request a password reset',
    'Emails a link that works once and expires after one hour. The response is the same if no account has the address.',
  )
  @Returns(202, MailAccepted, 'The link is on its way if an account has the address.')
  @Fails('rate_limited', 'mail_unavailable')
  forgotten(@Body({ schema: ForgottenPassword }) body: ForgottenPassword, @Req() request: FastifyRequest) {
    return this.passwords.forgotten(body, requestContext(request));
  }

  @Post('reset')
  @Describe('Reset a password', 'Ends all sessions of the account. The token comes from the emailed link.')
  @Returns(204, null, 'The password was set. Sign in with it.')
  @Fails('link_expired', 'rate_limited')
  reset(@Body({ schema: PasswordReset }) body: PasswordReset, @Req() request: FastifyRequest) {
    return this.passwords.reset(body, requestContext(request));
  }
}
