import { Module } from '@nestjs/common';
import { DENIED_REQUESTS } from '../http/denied-requests.ts';
import { AuditController } from './audit.controller.ts';
import { AuditService } from './audit.service.ts';
import { DeniedRequestsService } from './denied-requests.service.ts';

@Module({
  controllers: [AuditController],
  providers: [AuditService, { provide: DENIED_REQUESTS, useClass: DeniedRequestsService }],
  exports: [DENIED_REQUESTS],
})
export class AuditModule {}
