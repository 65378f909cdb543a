import { type SQL, sql } from 'drizzle-orm';

/**
 * Which articles match a search, as fragments of SQL. The placeholders are those of `SearchTerms`. The functions of the
 * database that make words, documents and the `tsquery` are in the migration `search_documents`.
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

/** The document of an article as it is now: that of an article in the backlog is made from its text. */
export const documentOf = (id: SQL) => sql`case when ${isInBacklog(id)}
    then (select ${newDocument} from articles as source where source.id = ${id})
    else (select text.document from article_search as text where text.article_id = ${id}) end`;

/**
 * Selects `article_id` of all articles that match: through the GIN index, and those in the backlog one by one. How many these
 * are changes too fast for statistics, so a fence keeps PostgreSQL from reading all articles for them.
 */
export const selectSearchMatches = (condition = sql`true`) => sql`
    select text.article_id from article_search as text
      where text.document @@ ${searchQuery} and not ${isInBacklog(sql`text.article_id`)} and ${condition}
    union all select source.id from (select distinct article_id from search_backlog) as backlog
      cross join lateral (select * from articles where id = backlog.article_id offset 0) as source
      where ${newDocument} @@ ${searchQuery} and ${condition}`;
