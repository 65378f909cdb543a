import { Inject, Injectable } from '@nestjs/common';
import { count, countDistinct, eq, lte, sql } from 'drizzle-orm';
import { DATABASE, type Database } from '../database.ts';
import { articleCategories, articles, categories } from '../schema.ts';

/** Each category, as `root`, with every category of its subtree, itself included. */
const SUBTREES = sql`(with recursive subtree as (
  select id as root, id from categories
  union all select subtree.root, child.id from subtree join categories as child on child.parent_id = subtree.id
) select root, id from subtree) as subtree`;

/** The tree of categories with counts, computed for each request. */
@Injectable()
export class CategoryTreeService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findAll() {
    const published = lte(articles.publishedAt, new Date());
    const direct = await this.db
      .select({ id: articleCategories.categoryId, count: count() })
      .from(articleCategories)
      .innerJoin(articles, eq(articles.id, articleCategories.articleId))
      .where(published)
      .groupBy(articleCategories.categoryId);
    const deep = await this.db
      .select({ id: sql<string>`subtree.root`, count: countDistinct(articleCategories.articleId) })
      .from(articleCategories)
      .innerJoin(articles, eq(articles.id, articleCategories.articleId))
      .innerJoin(SUBTREES, sql`subtree.id = ${articleCategories.categoryId}`)
      .where(published)
      .groupBy(sql`subtree.root`);
    const [directCounts, deepCounts] = [direct, deep].map(
      (rows) => new Map(rows.map((row) => [Number(row.id), row.count])),
    );
    const rows = await this.db.select().from(categories).orderBy(categories.position, categories.id);
    const childrenOf = Map.groupBy(rows, ({ parentId }) => parentId);
    const nest = (parentId: number | null): object[] =>
      (childrenOf.get(parentId) ?? []).map((row) => ({
        ...row,
        articleCount: directCounts?.get(row.id) ?? 0,
        articleCountDeep: deepCounts?.get(row.id) ?? 0,
        children: nest(row.id),
      }));
    return { data: nest(null) };
  }
}
