import { Controller, Delete, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentCaller, NeedsPerson, Public } from '../../access/access.decorators.ts';
import type { Caller } from '../../access/principal.ts';
import { visitOf } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { SessionList, SessionPath } from './sessions.schema.ts';
import { SessionsService } from './sessions.service.ts';

@Controller('sessions')
@ApiTags('Sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

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
