import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { CreateArticle, IdParams, UpdateArticle } from './articles.dto.ts';
import { ArticlesService } from './articles.service.ts';

@Controller('articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Post()
  create(@Body({ schema: CreateArticle }) body: CreateArticle) {
    return this.articles.create(body);
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
