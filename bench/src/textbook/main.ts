import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { ArticlesController, ArticlesService, DRIZZLE } from './articles.ts';
import { CategoriesController, CategoriesService } from './categories.ts';
import { relations } from './schema.ts';

/**
 * NestJS with Drizzle as in tutorials: relational queries built for each request, no named statements, pages by offset, and
 * counts computed live. It is faster than tutorials in two ways: it uses Fastify, not Express, and validates nothing.
 */
@Module({
  controllers: [ArticlesController, CategoriesController],
  providers: [
    {
      provide: DRIZZLE,
      useFactory: () => drizzle({ client: new pg.Pool({ connectionString: process.env['DATABASE_URL'] }), relations }),
    },
    ArticlesService,
    CategoriesService,
  ],
})
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: ['error'] });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${await app.getUrl()}\n`);
