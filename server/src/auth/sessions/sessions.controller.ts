import { Controller, Delete, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequireUser } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { requestContext } from '../../http/request-context.ts';
import { ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { SessionIdParams, SessionList } from './sessions.schema.ts';
import { SessionsService } from './sessions.service.ts';

@Controller('sessions')
@Section('Sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ShowsSecret()
  @RequireUser()
  @Describe('List your sessions', 'Lists your active sessions, newest first.')
  @Returns(200, SessionList, 'The active sessions.')
  findAll(@CurrentPrincipal() principal: Principal) {
    return this.sessions.findAll(principal);
  }

  @Delete('current')
  @Public()
  @Describe('Sign out', 'Ends the session of the cookie. Succeeds even if the session has already ended.')
  @Returns(204, null, 'The session has ended. The response deletes its cookies.', ['Set-Cookie'])
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
  @Describe('End a session', 'Ends one of your sessions. It is refused from the next request.')
  @Returns(204, null, 'The session has ended.')
  @Fails('not_found')
  remove(@Param({ schema: SessionIdParams }) { id }: SessionIdParams, @CurrentPrincipal() principal: Principal) {
    return this.sessions.remove(id, principal);
  }

  @Delete()
  @RequireUser()
  @Describe('End all other sessions', 'Ends all your sessions except the one of this request.')
  @Returns(204, null, 'The sessions have ended.')
  removeOthers(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    return this.sessions.removeOthers(requestContext(request), principal);
  }
}
