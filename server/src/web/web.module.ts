import { Module } from '@nestjs/common';
import { PagesService } from './pages.service.ts';
import { WebController } from './web.controller.ts';

@Module({ controllers: [WebController], providers: [PagesService] })
export class WebModule {}
