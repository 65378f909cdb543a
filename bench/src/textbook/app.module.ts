import { Module } from '@nestjs/common';
import { ArticlesController } from './articles.controller.ts';
import { ArticlesService } from './articles.service.ts';
import { CategoriesController } from './categories.controller.ts';
import { CategoriesService } from './categories.service.ts';
import { connect, DATABASE } from './database.ts';

@Module({
  controllers: [ArticlesController, CategoriesController],
  providers: [
    { provide: DATABASE, useFactory: () => connect(process.env['DATABASE_URL']) },
    ArticlesService,
    CategoriesService,
  ],
  exports: [DATABASE],
})
export class AppModule {}
