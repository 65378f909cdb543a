import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { DATABASE, type Database } from '../database.ts';
import { articles, categories } from '../schema.ts';

export type ListQuery = Record<string, string | undefined>;

const PAGE_SIZE = 20;

/** The lists that the benchmark asks for, with Drizzle's relational filters and offsets. */
@Injectable()
export class ArticleListService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findAll(query: ListQuery, categoryId?: number) {
    const page = Number(query['page'] ?? 1);
    const data = await this.db.query.articles.findMany({
      columns: { content: false },
      where: { AND: [{ publishedAt: { lte: new Date() } }, ...(await this.filters(query, categoryId))] },
      with: { categories: { columns: { id: true, name: true, slug: true }, orderBy: () => sql.raw('tr0.position') } },
      orderBy: { publishedAt: 'desc', id: 'desc' },
      limit: PAGE_SIZE,
      offset: (page - 1) * PAGE_SIZE,
    });
    return { data, page, limit: PAGE_SIZE };
  }

  private async filters(query: ListQuery, categoryId?: number) {
    const ids = (name: string) => query[`categories[${name}]`]?.split(',').map(Number) ?? [];
    const any = query['descendants'] === 'true' ? await this.subtree(ids('any')) : ids('any');
    const { q } = query;
    return [
      ...[...ids('all'), ...(categoryId ? [categoryId] : [])].map((id) => ({ categories: { id } })),
      ...(any.length > 0 ? [{ categories: { id: { in: any } } }] : []),
      ...ids('none').map((id) => ({ NOT: { categories: { id } } })),
      ...(q === undefined
        ? []
        : [
            {
              RAW: (t: typeof articles) =>
                sql`to_tsvector('simple', ${t.title} || ' ' || ${t.content}) @@ to_tsquery('simple', ${`${q}:*`})`,
            },
          ]),
    ];
  }

  private async subtree(roots: number[]): Promise<number[]> {
    const all = await this.db.select({ id: categories.id, parentId: categories.parentId }).from(categories);
    const ids = new Set(roots);
    // Iterating over a set includes the items that are added during the iteration.
    for (const id of ids) for (const child of all) if (child.parentId === id) ids.add(child.id);
    return [...ids];
  }
}
