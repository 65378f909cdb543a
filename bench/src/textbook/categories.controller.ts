import { Controller, Get, Param, Query } from '@nestjs/common';
import { ArticleListService, type ListQuery } from './article-list.service.ts';
import { IdParams } from './articles.dto.ts';
import { CategoriesService } from './categories.service.ts';
import { CategoryTreeService } from './category-tree.service.ts';

@Controller('categories')
export class CategoriesController {
  constructor(
    private readonly categories: CategoriesService,
    private readonly tree: CategoryTreeService,
    private readonly lists: ArticleListService,
  ) {}

  @Get()
  findTree() {
    return this.tree.findAll();
  }

  @Get(':id')
  findOne(@Param({ schema: IdParams }) { id }: IdParams, @Query('page') page?: string) {
    return this.categories.findOne(id, Number(page ?? 1));
  }

  @Get(':id/articles')
  findArticles(@Param({ schema: IdParams }) { id }: IdParams, @Query() query: ListQuery) {
    return this.lists.findAll(query, id);
  }
}
