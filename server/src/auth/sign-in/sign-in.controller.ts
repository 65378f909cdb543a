import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.ts';
import { SameOrigin } from '../../access/csrf.guard.ts';
import { requestContext } from '../../http/request-context.ts';
import { ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import { Challenge, SecondFactor, SignIn } from './sign-in.schema.ts';
import { SignInService } from './sign-in.service.ts';

@Controller('sessions')
@Section('Sessions', 'Sign in and sign out.')
export class SignInController {
  constructor(private readonly signIns: SignInService) {}

  @Post()
  @Public()
  @SameOrigin()
  @ShowsSecret()
  @Describe(
    'Sign in',
    'Sets the cookie of a session that ends after thirty days, or after seven days without use. If the account has a second factor, responds with 202 and the cookie of a challenge that expires after ten minutes.',
  )
  @Returns(201, Account, 'The account that is signed in.', ['Set-Cookie'])
  @Returns(202, Challenge, 'The password is correct. The second factor is required.', ['Set-Cookie'])
  @Fails('invalid_credentials', 'rate_limited')
  async signIn(
    @Body({ schema: SignIn }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { cookies, ...result } = await this.signIns.signIn(body, requestContext(request));
    void reply.header('set-cookie', cookies);
    if ('account' in result) return result.account;
    void reply.status(202);
    return result;
  }

  @Post('second-factor')
  @Public()
  @SameOrigin()
  @ShowsSecret()
  @Describe(
    'Complete a sign-in with the second factor',
    'Takes a code of the authenticator or a recovery code. Each code works once.',
  )
  @Returns(201, Account, 'The account that is signed in.', ['Set-Cookie'])
  @Fails('invalid_credentials', 'rate_limited')
  async secondFactor(
    @Body({ schema: SecondFactor }) body: SecondFactor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { cookies, account } = await this.signIns.secondFactor(body, requestContext(request));
    void reply.header('set-cookie', cookies);
    return account;
  }
}
