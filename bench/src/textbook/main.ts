import 'reflect-metadata';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ArticleListService } from './article-list.service.ts';
import { ArticlesController } from './articles.controller.ts';
import { ArticlesService } from './articles.service.ts';
import { CategoriesController } from './categories.controller.ts';
import { CategoriesService } from './categories.service.ts';
import { CategoryTreeService } from './category-tree.service.ts';
import { connect, DATABASE } from './database.ts';

@Module({
  controllers: [ArticlesController, CategoriesController],
  providers: [
    { provide: DATABASE, useFactory: () => connect(process.env['DATABASE_URL'] ?? '') },
    ArticlesService,
    CategoriesService,
    ArticleListService,
    CategoryTreeService,
  ],
})
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: ['error'] });
app.useGlobalPipes(new StandardSchemaValidationPipe());
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${await app.getUrl()}\n`);
