import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IdParams } from './articles.dto.ts';
import { CreateCategory, PageQuery } from './categories.dto.ts';
import { CategoriesService } from './categories.service.ts';

@Controller('categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @Post()
  create(@Body({ schema: CreateCategory }) body: CreateCategory) {
    return this.categories.create(body);
  }

  @Get(':id')
  findOne(@Param({ schema: IdParams }) { id }: IdParams, @Query({ schema: PageQuery }) { page }: PageQuery) {
    return this.categories.findOne(id, page);
  }
}
