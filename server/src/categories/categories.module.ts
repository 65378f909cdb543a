import { Module } from '@nestjs/common';
import { ArticlesModule } from '../articles/articles.module.ts';
import { BoundedReadsModule } from '../bounded-reads/bounded-reads.module.ts';
import { CategoriesController } from './categories.controller.ts';
import { CategoriesService } from './categories.service.ts';
import { CategoryCountsWorker } from './category-counts/category-counts.worker.ts';
import { CategoryLists } from './category-lists.reader.ts';
import { CategoryTree } from './category-tree.reader.ts';

@Module({
  imports: [ArticlesModule, BoundedReadsModule],
  controllers: [CategoriesController],
  providers: [CategoriesService, CategoryLists, CategoryTree, CategoryCountsWorker],
})
export class CategoriesModule {}
