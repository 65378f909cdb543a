import { Controller, Delete, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, Public, RequireUser } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { requestContext } from '../../http/request-context.ts';
import { Describe, Fails, Returns } from '../../openapi/route.decorators.ts';
import { SessionIdParams, SessionList } from './sessions.schema.ts';
import { SessionsService } from './sessions.service.ts';

@Controller('sessions')
@ApiTags('Sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @RequireUser()
  @Describe('List your sessions', 'The newest first.')
  @Returns(200, SessionList, 'The sessions that are good.')
  findAll(@CurrentPrincipal() principal: Principal) {
    return this.sessions.findAll(principal);
  }

  @Delete('current')
  @Public()
  @Describe('Sign out', 'Also without a session that is good.')
  @Returns(204, null, 'Nobody is signed in.', ['Set-Cookie'])
  async signOut(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const cookies = await this.sessions.signOut(requestContext(request), principal);
    void reply.header('set-cookie', cookies);
  }

  @Delete(':id')
  @RequireUser()
  @Describe('End a session', 'One of yours. From the next request on it is good for nothing.')
  @Returns(204, null, 'It is over.')
  @Fails('not_found')
  remove(
    @Param({ schema: SessionIdParams }) { id }: z.output<typeof SessionIdParams>,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.sessions.remove(id, principal);
  }

  @Delete()
  @RequireUser()
  @Describe('End all other sessions', 'All of yours but the one that this call comes with.')
  @Returns(204, null, 'They are over.')
  removeOthers(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    return this.sessions.removeOthers(requestContext(request), principal);
  }
}
