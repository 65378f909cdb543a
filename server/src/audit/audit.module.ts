import { Module } from '@nestjs/common';
import { REFUSALS } from '../http/refusals.ts';
import { AuditController } from './audit.controller.ts';
import { AuditService } from './audit.service.ts';
import { RefusalsService } from './refusals.service.ts';

@Module({
  controllers: [AuditController],
  providers: [AuditService, { provide: REFUSALS, useClass: RefusalsService }],
  exports: [REFUSALS],
})
export class AuditModule {}
