import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';
import { authors } from '../../../database/schema/authors.ts';
import { articleAuthors, articleCategories, articles, categories } from '../../../database/schema/content.ts';
import { TAG_KEY_PREFIX } from '../plan/external-keys.ts';

const ancestorIds = (id: number | null) => sql`(
  with recursive ancestors as (
    select id, parent_id from categories where id = ${id}
    union
    select categories.id, categories.parent_id from categories join ancestors on categories.id = ancestors.parent_id
  ) select id from ancestors)`;

/**
 * Finds out whether another category has the slug, whether a sibling has the name, and whether the parent is the category
 * itself or one of its descendants.
 *
 * @param id null for a new category
 */
export const findCategoryConflicts = (
  db: Database,
  { id, name, slug, parentId }: { id: number | null; name: string; slug: string; parentId: number | null },
) =>
  db.execute<{ slug: boolean; name: boolean; cycle: boolean }>(sql`
    select exists (select from categories where slug = ${slug} and id is distinct from ${id}::bigint) as slug,
      exists (select from categories where coalesce(parent_id, 0) = coalesce(${parentId}::bigint, 0)
        and fold_category_name(name) = fold_category_name(${name})
        and id is distinct from ${id}::bigint) as name,
      ${id}::bigint in ${ancestorIds(parentId)} as cycle`);

/** Lists the linked categories and authors of an article in order, and the categories that are tags of this site. */
export const listArticleLinks = (db: Database, source: string, articleId: number) =>
  db.execute<{ categoryIds: string[]; tagIds: string[]; authorIds: string[] }>(sql`
    select array(select category_id from article_categories where article_id = ${articleId} order by position)
        as "categoryIds",
      array(select category_id from article_categories join imported_rows using (category_id)
        where article_categories.article_id = ${articleId} and source = ${source}
          and starts_with(external_id, ${TAG_KEY_PREFIX}) order by position) as "tagIds",
      array(select author_id from article_authors where article_id = ${articleId} order by position) as "authorIds"`);

const LINK_TABLES = {
  categories: { links: articleCategories, linkedId: articleCategories.categoryId },
  authors: { links: articleAuthors, linkedId: articleAuthors.authorId },
} as const;

/** Replaces the links of an article with these, in this order. Links that stay keep their row. */
export const replaceLinks = (
  db: Database,
  target: keyof typeof LINK_TABLES,
  articleId: number,
  ids: readonly number[],
) => {
  const { links, linkedId } = LINK_TABLES[target];
  const column = sql.identifier(linkedId.name);
  const deletedLinks = db.$with('deleted_links').as(
    db
      .delete(links)
      .where(and(eq(links.articleId, articleId), sql`${linkedId} <> all(${sql.param(ids)}::bigint[])`))
      .returning({ id: linkedId }),
  );
  const upsertedLinks = db.$with('upserted_links', {}).as(sql`
    insert into ${links} as link (article_id, ${column}, position, listed_at)
    select articles.id, requested.id, requested.position, articles.listed_at
    from articles cross join unnest(${sql.param(ids)}::bigint[]) with ordinality as requested (id, position)
    where articles.id = ${articleId}
    on conflict (article_id, ${column}) do update set position = excluded.position
    where link.position <> excluded.position`);
  return db.with(deletedLinks, upsertedLinks).select({ id: deletedLinks.id }).from(deletedLinks);
};

/** Drizzle rejects an update without columns. This one changes nothing, but marks the row as written by this transaction. */
const sameVersion = { version: sql`version` };

export const updateAuthor = (db: Database, id: number, columns: Partial<typeof authors.$inferInsert>) =>
  db
    .update(authors)
    .set({ ...sameVersion, ...columns })
    .where(eq(authors.id, id));

export const updateCategory = (db: Database, id: number, columns: Partial<typeof categories.$inferInsert>) =>
  db
    .update(categories)
    .set({ ...sameVersion, ...columns })
    .where(eq(categories.id, id));

export const updateArticle = (db: Database, id: number, columns: Partial<typeof articles.$inferInsert>) =>
  db
    .update(articles)
    .set({ ...sameVersion, ...columns })
    .where(eq(articles.id, id))
    .returning({ version: articles.version });

/** Finds another article outside the trash that has the slug. */
export const findSlugHolder = (db: Database, slug: string, exceptId: number) =>
  db.select({ id: articles.id }).from(articles).where(sql`slug = ${slug} and deleted_at is null and id <> ${exceptId}`);
