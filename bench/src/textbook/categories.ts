import { Controller, Get, Inject, Injectable, Param, Query } from '@nestjs/common';
import { count, countDistinct, eq, lte, sql } from 'drizzle-orm';
import { ArticlesService, DRIZZLE, type Drizzle } from './articles.ts';
import { articleCategories, articles, categories } from './schema.ts';

/** Each category with itself and its descendants. */
const BELOW = sql`(with recursive below as (
  select id as root, id from categories
  union all select below.root, c.id from below join categories as c on c.parent_id = below.id
) select root, id from below) as below`;

@Injectable()
export class CategoriesService {
  constructor(@Inject(DRIZZLE) private readonly db: Drizzle) {}

  /** Computes the counts live: the articles of each category, and those of its subtree. */
  async tree() {
    const published = lte(articles.listedAt, new Date());
    const direct = await this.db
      .select({ id: articleCategories.categoryId, count: count() })
      .from(articleCategories)
      .innerJoin(articles, eq(articles.id, articleCategories.articleId))
      .where(published)
      .groupBy(articleCategories.categoryId);
    const deep = await this.db
      .select({ id: sql<string>`below.root`, count: countDistinct(articleCategories.articleId) })
      .from(articleCategories)
      .innerJoin(articles, eq(articles.id, articleCategories.articleId))
      .innerJoin(BELOW, sql`below.id = ${articleCategories.categoryId}`)
      .where(published)
      .groupBy(sql`below.root`);
    const [directOf, deepOf] = [direct, deep].map((rows) => new Map(rows.map((row) => [Number(row.id), row.count])));
    const all = await this.db.select().from(categories).orderBy(categories.position, categories.id);
    const childrenOf = Map.groupBy(all, ({ parentId }) => parentId);
    const grow = (parentId: number | null): object[] =>
      (childrenOf.get(parentId) ?? []).map((row) => ({
        ...row,
        articleCount: directOf?.get(row.id) ?? 0,
        articleCountDeep: deepOf?.get(row.id) ?? 0,
        children: grow(row.id),
      }));
    return { data: grow(null) };
  }
}

@Controller('categories')
export class CategoriesController {
  constructor(
    @Inject(CategoriesService) private readonly service: CategoriesService,
    @Inject(ArticlesService) private readonly articlesService: ArticlesService,
  ) {}

  @Get()
  tree() {
    return this.service.tree();
  }

  @Get(':id/articles')
  findArticles(@Param('id') id: string, @Query() query: Record<string, string | undefined>) {
    return this.articlesService.findMany(query, Number(id));
  }
}
