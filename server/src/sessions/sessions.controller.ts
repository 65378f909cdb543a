import { Body, Controller, Delete, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Account } from '../accounts/accounts.schema.ts';
import { CurrentCaller, NeedsPerson, Public } from '../auth/access.decorators.ts';
import type { Caller } from '../auth/caller.ts';
import { NotFromElsewhere } from '../auth/origin.guard.ts';
import { Describe, Fails, Returns } from '../http/route.decorators.ts';
import { visitOf } from '../http/visit.ts';
import { Challenge, SecondFactor, SessionList, SessionPath, SignIn } from './sessions.schema.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

@Controller('sessions')
@ApiTags('Sessions')
export class SessionsController {
  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInService) private readonly signIns: SignInService,
  ) {}

  @Post()
  @Public()
  @NotFromElsewhere()
  @Describe(
    'Sign in',
    'Sets a cookie that is good for thirty days, or for seven without use. Where the account has a second factor: 202, and the cookie of a challenge that waits ten minutes for it.',
  )
  @Returns(201, Account, 'Who is signed in now.', ['Set-Cookie'])
  @Returns(202, Challenge, 'The password is right; the second factor is due.', ['Set-Cookie'])
  @Fails('sign_in_refused', 'rate_limited')
  async signIn(
    @Body({ schema: SignIn }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { cookies, ...outcome } = await this.signIns.signIn(body, visitOf(request));
    void reply.headers({ 'set-cookie': cookies, 'cache-control': 'no-store' });
    if ('account' in outcome) return outcome.account;
    void reply.status(202);
    return outcome;
  }

  @Post('second-factor')
  @Public()
  @NotFromElsewhere()
  @Describe('Give the second factor', 'A code of the authenticator, each good once, or a recovery code.')
  @Returns(201, Account, 'Who is signed in now.', ['Set-Cookie'])
  @Fails('sign_in_refused', 'rate_limited')
  async secondFactor(
    @Body({ schema: SecondFactor }) body: SecondFactor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { cookies, account } = await this.signIns.secondFactor(body, visitOf(request));
    void reply.headers({ 'set-cookie': cookies, 'cache-control': 'no-store' });
    return account;
  }

  @Get()
  @NeedsPerson()
  @Describe('List your sessions', 'The newest first.')
  @Returns(200, SessionList, 'The sessions that are good.')
  list(@CurrentCaller() caller: Caller) {
    return this.sessions.list(caller);
  }

  @Delete('current')
  @Public()
  @Describe('Sign out', 'Also without a session that is good.')
  @Returns(204, null, 'Nobody is signed in.', ['Set-Cookie'])
  async signOut(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const cookies = await this.sessions.signOut(visitOf(request), caller);
    void reply.header('set-cookie', cookies);
  }

  @Delete(':id')
  @NeedsPerson()
  @Describe('End a session', 'One of yours. From the next request on it is good for nothing.')
  @Returns(204, null, 'It is over.')
  @Fails('not_found')
  remove(@Param({ schema: SessionPath }) { id }: z.output<typeof SessionPath>, @CurrentCaller() caller: Caller) {
    return this.sessions.remove(id, caller);
  }

  @Delete()
  @NeedsPerson()
  @Describe('End all other sessions', 'All of yours but the one that this call comes with.')
  @Returns(204, null, 'They are over.')
  removeOthers(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    return this.sessions.removeOthers(visitOf(request), caller);
  }
}
