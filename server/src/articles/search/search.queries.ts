import { type SQL, sql } from 'drizzle-orm';

/**
 * The conditions of a search, as SQL fragments. The placeholders are those of `SearchTerms`. The migration
 * `search_documents` has the database functions that create words, documents and the `tsquery`.
 */

const p = sql.placeholder;

/**
 * A search as a `tsquery`. It is a subselect so that the planner does not see its value. Where PostgreSQL sees that a word
 * is common, it reads all documents instead of the index, at ten times the cost: it does not know that they are stored
 * outside their table.
 */
export const searchQuery = sql`(select search_query(${p('terms')}::text[], ${p('termKinds')}::text[], ${p('termAlternatives')}::integer[]))`;

const isInBacklog = (id: SQL) => sql`(${id} in (select article_id from search_backlog)) is true`;
const newDocument = sql`article_document(source.title, source.excerpt, source.content)`;

/** The current document of an article. For an article in the backlog it is created from the text. */
export const documentOf = (id: SQL) => sql`case when ${isInBacklog(id)}
    then (select ${newDocument} from articles as source where source.id = ${id})
    else (select text.document from article_search as text where text.article_id = ${id}) end`;

/**
 * Selects `article_id` of all matching articles: through the GIN index, and those in the backlog one by one. The size of
 * the backlog changes too quickly for statistics, so a fence prevents PostgreSQL from reading all articles for it.
 */
export const selectSearchMatches = (condition = sql`true`) => sql`
    select text.article_id from article_search as text
      where text.document @@ ${searchQuery} and not ${isInBacklog(sql`text.article_id`)} and ${condition}
    union all select source.id from (select distinct article_id from search_backlog) as backlog
      cross join lateral (select * from articles where id = backlog.article_id offset 0) as source
      where ${newDocument} @@ ${searchQuery} and ${condition}`;
