import 'reflect-metadata';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.ts';
import { ArticleListService } from './article-list.service.ts';
import { CategoryTreeService } from './category-tree.service.ts';
import { ListsController } from './lists.controller.ts';

/** The tutorial of docs/many-to-many.md, with the lists that the benchmark measures beside it. */
@Module({
  imports: [AppModule],
  controllers: [ListsController],
  providers: [ArticleListService, CategoryTreeService],
})
class BenchmarkModule {}

const app = await NestFactory.create<NestFastifyApplication>(BenchmarkModule, new FastifyAdapter(), {
  logger: ['error'],
});
app.useGlobalPipes(new StandardSchemaValidationPipe());
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${await app.getUrl()}\n`);
