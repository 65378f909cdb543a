import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, type Principal } from '../access/principal.ts';
import { LinkedNames } from '../articles/linked-names/linked-names.reader.ts';
import { type ArticleListQuery, CategoryArticlesQuery } from '../articles/list/article-list.schema.ts';
import { ArticleLists } from '../articles/list/article-lists.reader.ts';
import { planList } from '../articles/list/list-plan.reader.ts';
import { readScopeOf } from '../articles/visibility/visibility.ts';
import { BoundedReads } from '../bounded-reads/bounded-reads.ts';
import type { Requester } from '../bounded-reads/requester.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { MAX } from '../database/schema/field-limits.ts';
import { assertJsonFits, MAX_ESCAPED } from '../http/answer-size.ts';
import { notFound } from '../http/not-found.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { findByOldSlug } from '../slugs/old-slug.reader.ts';
import { countCategories, findCategoryId } from './categories.queries.ts';
import type { CategoryListQuery } from './categories.schema.ts';
import { countMatchingCategories, listMatchingCategories } from './category-list.queries.ts';
import { listCategories } from './category-tree.queries.ts';
import { planCategoryList } from './category-tree.ts';
import { findCategoryWithArticles } from './category-with-articles.queries.ts';

/** Lists of categories, and of the articles of a category. */
@Injectable()
export class CategoryLists {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly reads: BoundedReads,
    private readonly articleLists: ArticleLists,
    private readonly names: LinkedNames,
  ) {}

  /** @throws Problem for a cursor of another list, `answer_too_large` and `too_expensive` */
  findAll(query: CategoryListQuery, requester: Requester) {
    const { filter, order, pageRequest, toResponse } = planCategoryList(query);
    const isWholeTree = filter === null && order === 'tree';
    const read = async (db: Database) => {
      const [rows, count] = await Promise.all([
        isWholeTree ? listCategories(db, pageRequest) : listMatchingCategories(db, filter ?? {}, order, pageRequest),
        query.total ? (filter ? countMatchingCategories(db, filter) : countCategories(db)) : undefined,
      ]);
      const answer = toResponse(rows, count?.[0]?.total);
      await assertJsonFits(answer, maxBytesOf(rows));
      return answer;
    };
    return this.reads.run({ cost: 'ordinary', requester, onSnapshot: query.total }, read);
  }

  /**
   * Finds a category with the first page of its articles, as `GET /categories/:id/articles` returns it.
   *
   * @throws Problem `not_found`
   * @throws PermanentRedirect for an old slug
   */
  findOne(key: IdOrSlug, principal: Principal, requester: Requester) {
    const query = CategoryArticlesQuery.parse({});
    const scope = readScopeOf(principal);
    return this.names.run({ cost: 'fast', requester, onSnapshot: false }, async (db) => {
      const find = (each: IdOrSlug) => findCategoryWithArticles(db, each, query.limit + 1, scope);
      const category = (await find(key)) ?? (await findByOldSlug(db, 'categories', key, (id) => find({ id })));
      if (!category) throw notFound('category', key);
      const articles = await this.names.nameRows(db, category.articles);
      const { toResponse } = planList(query, ANONYMOUS, { id: category.id });
      return { ...category, articles: toResponse(articles, undefined) };
    });
  }

  /**
   * @throws Problem `not_found`, and those of `ArticleLists.findAll`
   * @throws PermanentRedirect for an old slug
   */
  async findArticles(key: IdOrSlug, query: ArticleListQuery, principal: Principal, requester: Requester) {
    // Always by id, so a cursor fits whether the path contains the id or the slug.
    const id = 'id' in key ? key.id : await this.findId(key);
    const page = await this.articleLists.findAll(query, principal, requester, { id });
    // An empty page does not tell whether the category is empty or does not exist.
    if (page.data.length === 0 && (await findCategoryId(this.db, { id })).length === 0) throw notFound('category', key);
    return page;
  }

  private async findId(key: { slug: string }) {
    const find = async (each: IdOrSlug) => (await findCategoryId(this.db, each))[0];
    const category = (await find(key)) ?? (await findByOldSlug(this.db, 'categories', key, (id) => find({ id })));
    if (!category) throw notFound('category', key);
    return category.id;
  }
}

/** A row with its limited fields, and one of its ancestors; each with the names of its fields, its numbers and its times. */
const MAX_ROW_BYTES = MAX_ESCAPED * (MAX.name + MAX.description) + MAX.slug + 500;
const MAX_ANCESTOR_BYTES = MAX_ESCAPED * MAX.name + MAX.slug + 100;

/** The paths alone can make a page of 100 categories too long if the tree is very deep. */
const maxBytesOf = (rows: readonly { path: readonly unknown[] }[]) =>
  rows.reduce((sum, { path }) => sum + MAX_ROW_BYTES + path.length * MAX_ANCESTOR_BYTES, 0);
