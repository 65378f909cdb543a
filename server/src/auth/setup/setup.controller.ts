import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.ts';
import { SameOrigin } from '../../access/csrf.guard.ts';
import { requestContext } from '../../http/request-context.ts';
import { ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { Account } from '../accounts/accounts.schema.ts';
import { SignInService } from '../sign-in/sign-in.service.ts';
import { Setup, SetupState } from './setup.schema.ts';
import { SetupService } from './setup.service.ts';

@Controller('setup')
@Public()
@Section('Setup', 'The first account of an installation.')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly signIns: SignInService,
  ) {}

  @Get()
  @Describe('Get setup', 'Returns whether the installation has no accounts yet.')
  @Returns(200, SetupState, 'Whether there are no accounts.')
  state() {
    return this.setup.state();
  }

  @Post()
  @SameOrigin()
  @ShowsSecret()
  @Describe(
    'Set up',
    'Creates the first account, an admin, and signs in to it. The server prints the code at its start while there are no accounts. After five wrong codes the code is replaced, and the server logs the new one.',
  )
  @Returns(201, Account, 'The account, which is signed in.', ['Set-Cookie'])
  @Fails('already_set_up', 'invalid_credentials', 'rate_limited')
  async create(
    @Body({ schema: Setup }) body: Setup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.setup.create(body, requestContext(request));
    const { cookies, ...result } = await this.signIns.signIn(body, requestContext(request));
    void reply.header('set-cookie', cookies);
    // A new account has no second factor.
    return 'account' in result ? result.account : undefined;
  }
}
