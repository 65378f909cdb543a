import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { DATABASE, type Database } from './database.ts';

const PAGE_SIZE = 20;

@Injectable()
export class CategoriesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** A category with one page of its articles, the newest first. */
  async findOne(id: number, page = 1) {
    const category = await this.db.query.categories.findFirst({
      where: { id },
      with: {
        articles: {
          columns: { content: false, search: false },
          where: { publishedAt: { lte: new Date() } },
          orderBy: { publishedAt: 'desc', id: 'desc' },
          limit: PAGE_SIZE,
          offset: (page - 1) * PAGE_SIZE,
        },
      },
    });
    if (!category) throw new NotFoundException(`No category has the id ${id}.`);
    return category;
  }
}
