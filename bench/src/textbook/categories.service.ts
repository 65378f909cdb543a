import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { CreateCategory } from './categories.dto.ts';
import { DATABASE, type Database } from './database.ts';
import { errorCode, UNIQUE_VIOLATION } from './errors.ts';
import { categories } from './schema.ts';

const PAGE_SIZE = 20;

@Injectable()
export class CategoriesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async create(body: CreateCategory) {
    try {
      const [category] = await this.db.insert(categories).values(body).returning();
      return category;
    } catch (error) {
      if (errorCode(error) === UNIQUE_VIOLATION) throw new ConflictException(`The slug ${body.slug} is taken.`);
      throw error;
    }
  }

  /** Finds a category with one page of its articles, newest first. */
  async findOne(id: number, page: number) {
    const category = await this.db.query.categories.findFirst({
      where: { id },
      with: {
        articles: {
          columns: { content: false },
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
