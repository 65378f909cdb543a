import { Module } from '@nestjs/common';
import { NOT_FOUND_PAGE } from '../http/not-found-page.ts';
import { PagesService } from './pages.service.ts';
import { WebController } from './web.controller.ts';

@Module({
  controllers: [WebController],
  providers: [PagesService, { provide: NOT_FOUND_PAGE, useExisting: PagesService }],
  exports: [NOT_FOUND_PAGE],
})
export class WebModule {}
