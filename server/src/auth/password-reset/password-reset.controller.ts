import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.ts';
import { SameOrigin } from '../../access/csrf.guard.ts';
import { requestContext } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { ForgottenPassword, MailAccepted, PasswordReset } from './password-reset.schema.ts';
import { PasswordResetService } from './password-reset.service.ts';

@Controller('passwords')
@Public()
@SameOrigin()
@ApiTags('Passwords')
export class PasswordResetController {
  constructor(private readonly passwords: PasswordResetService) {}

  @Post('forgotten')
  @Describe(
    'Ask for a new password',
    'Mails a link, good once, for an hour. The answer is the same without an account.',
  )
  @Returns(202, MailAccepted, 'It is under way, if there is such an account.')
  @Fails('rate_limited', 'mail_unavailable')
  forgotten(@Body({ schema: ForgottenPassword }) body: ForgottenPassword, @Req() request: FastifyRequest) {
    return this.passwords.forgotten(body, requestContext(request));
  }

  @Post('reset')
  @Describe('Set a new password', 'With the token of the mailed link. All sessions of the account end.')
  @Returns(204, null, 'It is set; sign in with it.')
  @Fails('link_expired', 'rate_limited')
  reset(@Body({ schema: PasswordReset }) body: PasswordReset, @Req() request: FastifyRequest) {
    return this.passwords.reset(body, requestContext(request));
  }
}
