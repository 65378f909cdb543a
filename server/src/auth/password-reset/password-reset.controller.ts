import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.ts';
import { NotFromElsewhere } from '../../access/csrf.guard.ts';
import { visitOf } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { Forgotten, MailUnderWay, Reset } from './password-reset.schema.ts';
import { PasswordsService } from './password-reset.service.ts';

@Controller('passwords')
@Public()
@NotFromElsewhere()
@ApiTags('Passwords')
export class PasswordsController {
  constructor(private readonly passwords: PasswordsService) {}

  @Post('forgotten')
  @Describe(
    'Ask for a new password',
    'Mails a link, good once, for an hour. The answer is the same without an account.',
  )
  @Returns(202, MailUnderWay, 'It is under way, if there is such an account.')
  @Fails('rate_limited', 'mail_unavailable')
  forgotten(@Body({ schema: Forgotten }) body: Forgotten, @Req() request: FastifyRequest) {
    return this.passwords.forgotten(body, visitOf(request));
  }

  @Post('reset')
  @Describe('Set a new password', 'With the token of the mailed link. All sessions of the account end.')
  @Returns(204, null, 'It is set; sign in with it.')
  @Fails('link_spent', 'rate_limited')
  reset(@Body({ schema: Reset }) body: Reset, @Req() request: FastifyRequest) {
    return this.passwords.reset(body, visitOf(request));
  }
}
