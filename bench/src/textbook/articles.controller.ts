import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ArticleListService, type ListQuery } from './article-list.service.ts';
import { CreateArticle, IdParams, UpdateArticle } from './articles.dto.ts';
import { ArticlesService } from './articles.service.ts';

@Controller('articles')
export class ArticlesController {
  constructor(
    private readonly articles: ArticlesService,
    private readonly lists: ArticleListService,
  ) {}

  @Post()
  create(@Body({ schema: CreateArticle }) body: CreateArticle) {
    return this.articles.create(body);
  }

  @Get()
  findAll(@Query() query: ListQuery) {
    return this.lists.findAll(query);
  }

  @Get(':id')
  findOne(@Param({ schema: IdParams }) { id }: IdParams) {
    return this.articles.findOne(id);
  }

  @Patch(':id')
  update(@Param({ schema: IdParams }) { id }: IdParams, @Body({ schema: UpdateArticle }) body: UpdateArticle) {
    return this.articles.update(id, body);
  }
}
