import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequirePermission } from '../access/access.decorators.ts';
import { Describe, Fails, Returns, Section } from '../openapi/route.decorators.ts';
import { withLinkHeader } from '../pagination/link-header.ts';
import { AuditList, AuditQuery } from './audit.schema.ts';
import { AuditService } from './audit.service.ts';

@Controller('audit')
@RequirePermission('audit.read')
@Section('Audit', 'The audit log: who did what, when and from where. Requires an admin.')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Describe('Read the audit log', 'Lists who did what to which row, when and from which address, newest first.')
  @Returns(200, AuditList, 'A page of entries.', ['Link'])
  @Fails('invalid_cursor')
  async findAll(
    @Query({ schema: AuditQuery }) query: AuditQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.audit.findAll(query));
  }
}
