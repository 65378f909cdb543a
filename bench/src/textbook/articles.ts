import {
  Body,
  Controller,
  Get,
  Inject,
  Injectable,
  NotFoundException,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { articleCategories, articles, categories, type relations } from './schema.ts';

export const DRIZZLE = 'DRIZZLE';
export type Drizzle = NodePgDatabase<typeof relations>;

interface ArticleBody {
  title: string;
  content: string;
  categoryIds: number[];
}
type ListQuery = Record<string, string | undefined>;

const LIMIT = 20;
/** The columns of a list: without the content. */
const COLUMNS = { content: false, deletedAt: false, listedAt: false, ownerId: false } as const;
const named = { columns: { id: true, name: true, slug: true } } as const;

@Injectable()
export class ArticlesService {
  constructor(@Inject(DRIZZLE) private readonly db: Drizzle) {}

  async findOne(id: number) {
    const article = await this.db.query.articles.findFirst({
      columns: { deletedAt: false, listedAt: false, ownerId: false },
      where: { id, listedAt: { lte: new Date() } },
      with: { categories: named, authors: named },
    });
    if (!article) throw new NotFoundException();
    return article;
  }

  async findMany(query: ListQuery, category?: number) {
    const page = Number(query['page'] ?? 1);
    const data = await this.db.query.articles.findMany({
      columns: COLUMNS,
      // `listedAt` is the `publishedAt` of published articles, and has an index, as a textbook's table would.
      where: { AND: [{ listedAt: { lte: new Date() } }, ...(await this.filters(query, category))] },
      with: { categories: named, authors: named },
      orderBy: { listedAt: 'desc', id: 'desc' },
      limit: LIMIT,
      offset: (page - 1) * LIMIT,
    });
    return { data, page, limit: LIMIT };
  }

  private async filters(query: ListQuery, category?: number) {
    const ids = (name: string) => query[`categories[${name}]`]?.split(',').map(Number) ?? [];
    const any = query['descendants'] === 'true' ? await this.subtree(ids('any')) : ids('any');
    const q = query['q'];
    return [
      ...[...ids('all'), ...(category ? [category] : [])].map((id) => ({ categories: { id } })),
      ...(any.length > 0 ? [{ categories: { id: { in: any } } }] : []),
      ...ids('none').map((id) => ({ NOT: { categories: { id } } })),
      ...(q === undefined
        ? []
        : [
            {
              RAW: (t: typeof articles) =>
                sql`${t.id} in (select article_id from article_search where document @@ to_tsquery('rubric', ${`${q}:*`}))`,
            },
          ]),
    ];
  }

  private async subtree(roots: number[]): Promise<number[]> {
    const all = await this.db.select({ id: categories.id, parentId: categories.parentId }).from(categories);
    const found = new Set(roots);
    // Iterating over a set includes the items that are added meanwhile.
    for (const id of found) for (const child of all) if (child.parentId === id) found.add(child.id);
    return [...found];
  }

  async create({ categoryIds, ...body }: ArticleBody) {
    const id = await this.db.transaction(async (tx) => {
      const slug = body.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      const publishedAt = sql`date_trunc('milliseconds', now())`;
      const [article] = await tx
        .insert(articles)
        .values({ ...body, slug, publishedAt })
        .returning();
      if (!article) throw new Error('nothing was inserted');
      await tx.insert(articleCategories).values(linksOf(article, categoryIds));
      return article.id;
    });
    return this.findOne(id);
  }

  async update(id: number, { categoryIds, ...body }: Partial<ArticleBody>) {
    await this.db.transaction(async (tx) => {
      if (Object.keys(body).length > 0) await tx.update(articles).set(body).where(eq(articles.id, id));
      const [article] = await tx.select().from(articles).where(eq(articles.id, id));
      if (!article) throw new NotFoundException();
      if (!categoryIds) return;
      await tx.delete(articleCategories).where(eq(articleCategories.articleId, id));
      await tx.insert(articleCategories).values(linksOf(article, categoryIds));
    });
    return this.findOne(id);
  }
}

const linksOf = ({ id, listedAt }: { id: number; listedAt: Date }, categoryIds: number[]) =>
  categoryIds.map((categoryId, index) => ({ articleId: id, categoryId, position: index + 1, listedAt }));

@Controller('articles')
export class ArticlesController {
  constructor(@Inject(ArticlesService) private readonly service: ArticlesService) {}

  @Get()
  findMany(@Query() query: ListQuery) {
    return this.service.findMany(query);
  }

  @Get(':id')
  findOne(@Param('id') id: string) {
    return this.service.findOne(Number(id));
  }

  @Post()
  create(@Body() body: ArticleBody) {
    return this.service.create(body);
  }

  @Patch(':id')
  update(@Param('id') id: string, @Body() body: Partial<ArticleBody>) {
    return this.service.update(Number(id), body);
  }
}
