import { Module } from '@nestjs/common';
import { BoundedReadsModule } from '../bounded-reads/bounded-reads.module.ts';
import { RedirectLists } from './redirect-lists.reader.ts';
import { RedirectsController } from './redirects.controller.ts';
import { RedirectsService } from './redirects.service.ts';

@Module({
  imports: [BoundedReadsModule],
  controllers: [RedirectsController],
  providers: [RedirectsService, RedirectLists],
})
export class RedirectsModule {}
