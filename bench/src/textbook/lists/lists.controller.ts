import { Controller, Get, Param, Query } from '@nestjs/common';
import { IdParams } from '../articles.dto.ts';
import { ArticleListService, type ListQuery } from './article-list.service.ts';
import { CategoryTreeService } from './category-tree.service.ts';

/** The lists of the benchmark's workloads. */
@Controller()
export class ListsController {
  constructor(
    private readonly articles: ArticleListService,
    private readonly tree: CategoryTreeService,
  ) {}

  @Get('articles')
  findArticles(@Query() query: ListQuery) {
    return this.articles.findAll(query);
  }

  @Get('categories')
  findTree() {
    return this.tree.findAll();
  }

  @Get('categories/:id/articles')
  findArticlesOfCategory(@Param({ schema: IdParams }) { id }: IdParams, @Query() query: ListQuery) {
    return this.articles.findAll(query, id);
  }
}
