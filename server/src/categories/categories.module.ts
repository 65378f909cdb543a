import { Module } from '@nestjs/common';
import { CategoriesController } from './categories.controller.ts';
import { CategoriesService } from './categories.service.ts';
import { CategoryCountsWorker } from './category-counts/category-counts.worker.ts';

@Module({ controllers: [CategoriesController], providers: [CategoriesService, CategoryCountsWorker] })
export class CategoriesModule {}
