import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.ts';
import { SameOrigin } from '../../access/csrf.guard.ts';
import { requestContext } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import { Challenge, SecondFactor, SignIn } from './sign-in.schema.ts';
import { SignInService } from './sign-in.service.ts';

@Controller('sessions')
@ApiTags('Sessions')
export class SignInController {
  constructor(private readonly signIns: SignInService) {}

  @Post()
  @Public()
  @SameOrigin()
  @Describe(
    'Sign in',
    'Sets a cookie that is good for thirty days, or for seven without use. Where the account has a second factor: 202, and the cookie of a challenge that waits ten minutes for it.',
  )
  @Returns(201, Account, 'Who is signed in now.', ['Set-Cookie'])
  @Returns(202, Challenge, 'The password is right; the second factor is due.', ['Set-Cookie'])
  @Fails('invalid_credentials', 'rate_limited')
  async signIn(
    @Body({ schema: SignIn }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { cookies, ...outcome } = await this.signIns.signIn(body, requestContext(request));
    void reply.headers({ 'set-cookie': cookies, 'cache-control': 'no-store' });
    if ('account' in outcome) return outcome.account;
    void reply.status(202);
    return outcome;
  }

  @Post('second-factor')
  @Public()
  @SameOrigin()
  @Describe('Give the second factor', 'A code of the authenticator, each good once, or a recovery code.')
  @Returns(201, Account, 'Who is signed in now.', ['Set-Cookie'])
  @Fails('invalid_credentials', 'rate_limited')
  async secondFactor(
    @Body({ schema: SecondFactor }) body: SecondFactor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { cookies, account } = await this.signIns.secondFactor(body, requestContext(request));
    void reply.headers({ 'set-cookie': cookies, 'cache-control': 'no-store' });
    return account;
  }
}
