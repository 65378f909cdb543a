import { type SQL, sql } from 'drizzle-orm';
import { selectSearchMatches } from '../search/search.queries.ts';
import { FROM_GIVEN_ARTICLES } from './filter-ctes.queries.ts';
import { type FilterShape, isFromGiven } from './filters.ts';
import { LINKS_PER_PROBE, PROBED_LINKS_MAX } from './list-thresholds.ts';
import {
  ARTICLES,
  type CandidateRows,
  isAmongSearchMatches,
  LINKS,
  matches,
  perRowProbe,
} from './predicates.queries.ts';
import { type LinkSource, linkSource } from './row-source.queries.ts';

/**
 * Selects all articles that match a filter, for totals, facets, and orders without an index. The work is proportional to
 * the links of the given categories, or to all articles, and must never be proportional to matches times categories.
 */

const linksPerProbe = sql.raw(String(LINKS_PER_PROBE));
const probedLinksMax = sql.raw(String(PROBED_LINKS_MAX));

/** A query in two parts, so that the CTEs of a filter can come before its own. */
export interface QueryParts {
  ctes: SQL[];
  select: SQL;
}

/** Selects the ids of all articles that match. Must follow the CTEs of the filter (`filterCtes`). */
export function matchingIds(shape: FilterShape): QueryParts {
  if (isFromGiven(shape)) {
    const select = sql`select articles.id ${FROM_GIVEN_ARTICLES} where ${matches(shape, perRowProbe(ARTICLES))}`;
    return { ctes: [], select };
  }
  const links = linkSource(shape);
  if (shape.hasSearch) return links ? searchedLinks(shape, links) : { ctes: [], select: searchedArticles(shape) };
  if (!links) {
    const rows = { ...ARTICLES, joinsSets: true };
    return { ctes: [], select: sql`select articles.id from articles where ${matches(shape, rows)}` };
  }
  if (shape.hasDescendants && shape.allCount > 1) return inAllSubtrees(shape, links);
  return { ctes: [], select: selectLinked(shape, links, LINKS) };
}

const fromLinks = ({ table, targetIds }: LinkSource) =>
  sql`from ${table} as link where link.target_id in (${targetIds})`;

const selectLinked = (shape: FilterShape, links: LinkSource, rows: CandidateRows, condition = sql`true`) =>
  sql`select distinct link.article_id as id ${fromLinks(links)} and ${condition} and ${matches(shape, rows, links.satisfied)}`;

/**
 * Selects the articles in each of several subtrees: each article of the smallest is probed in the others, or, if the
 * smallest is large too, one pass reads the links of all.
 */
function inAllSubtrees(shape: FilterShape, links: LinkSource): QueryParts {
  const isProbed = sql`(select is_probed from intersection)`;
  const inAll = sql`(select article_id, listed_at from (
      select distinct filed.article_id, filed.listed_at, root from required_subtrees join article_categories as filed on filed.category_id = required_subtrees.id
    ) as reached group by article_id, listed_at having count(*) = (select count(*) from required_roots)) as link`;
  return {
    ctes: [
      sql`intersection as materialized (select min(size) * ${linksPerProbe} < sum(size) as is_probed from required_roots)`,
    ],
    select: sql`${selectLinked(shape, links, perRowProbe(LINKS), isProbed)} union all
      select link.article_id as id from ${inAll} where not ${isProbed} and ${matches(shape, LINKS, { allRequired: true })}`,
  };
}

/** Starts from the GIN index. The fence prevents joins of the rest: PostgreSQL estimates that every term is rare. */
const searchedArticles = (shape: FilterShape) =>
  sql`select articles.id from (${selectSearchMatches()}) as found join articles on articles.id = found.article_id
    where ${matches(shape, perRowProbe(ARTICLES), { search: true })}`;

function searchedLinks(shape: FilterShape, links: LinkSource): QueryParts {
  const hasFewLinks = sql`(select has_few from link_count)`;
  return {
    ctes: [
      sql`link_count as materialized (select count(*) < ${probedLinksMax} as has_few from (select ${fromLinks(links)} limit ${probedLinksMax}) as counted_links)`,
    ],
    select: sql`${selectLinked(shape, links, perRowProbe(LINKS), hasFewLinks)} union all
      select distinct link.article_id as id ${fromLinks(links)} and not ${hasFewLinks} and ${isAmongSearchMatches(LINKS)}
        and ${matches(shape, perRowProbe(LINKS), { ...links.satisfied, search: true })}`,
  };
}
