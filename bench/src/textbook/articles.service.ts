import { Inject, Injectable, NotFoundException, UnprocessableEntityException } from '@nestjs/common';
import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { CreateArticle, UpdateArticle } from './articles.dto.ts';
import { DATABASE, type Database } from './database.ts';
import { errorCode, FOREIGN_KEY_VIOLATION } from './errors.ts';
import { articleCategories, articles } from './schema.ts';

@Injectable()
export class ArticlesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async create({ categoryIds, ...fields }: CreateArticle) {
    const id = await this.db
      .transaction(async (tx) => {
        const [article] = await tx.insert(articles).values(fields).returning({ id: articles.id });
        if (!article) throw new Error('the insert returned no row');
        if (categoryIds.length > 0) await tx.insert(articleCategories).values(linksOf(article.id, categoryIds));
        return article.id;
      })
      .catch(rejectUnknownCategory);
    return this.findOne(id);
  }

  async findOne(id: number) {
    const article = await this.db.query.articles.findFirst({
      where: { id },
      with: {
        categories: {
          columns: { id: true, name: true, slug: true },
          // Drizzle 1.0 names the joining table of a `through` relation `tr0`.
          orderBy: () => sql.raw('tr0.position'),
        },
      },
    });
    if (!article) throw new NotFoundException(`No article has the id ${id}.`);
    return article;
  }

  async update(id: number, { categoryIds, ...fields }: UpdateArticle) {
    await this.db
      .transaction(async (tx) => {
        // The lock makes concurrent updates wait: without it, two could leave a mixture of their links.
        const [article] = await tx.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('update');
        if (!article) throw new NotFoundException(`No article has the id ${id}.`);
        if (Object.keys(fields).length > 0) await tx.update(articles).set(fields).where(eq(articles.id, id));
        if (categoryIds) await replaceLinks(tx, id, categoryIds);
      })
      .catch(rejectUnknownCategory);
    return this.findOne(id);
  }
}

async function replaceLinks(tx: Database, id: number, categoryIds: number[]) {
  await tx
    .delete(articleCategories)
    .where(and(eq(articleCategories.articleId, id), notInArray(articleCategories.categoryId, categoryIds)));
  if (categoryIds.length === 0) return;
  await tx
    .insert(articleCategories)
    .values(linksOf(id, categoryIds))
    .onConflictDoUpdate({
      target: [articleCategories.articleId, articleCategories.categoryId],
      // `excluded` is the row that could not be inserted.
      set: { position: sql`excluded.position` },
    });
}

const linksOf = (articleId: number, categoryIds: number[]) =>
  categoryIds.map((categoryId, index) => ({ articleId, categoryId, position: index + 1 }));

function rejectUnknownCategory(error: unknown): never {
  if (errorCode(error) === FOREIGN_KEY_VIOLATION) {
    throw new UnprocessableEntityException('A category of categoryIds does not exist.');
  }
  throw error;
}
