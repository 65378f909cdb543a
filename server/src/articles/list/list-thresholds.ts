/** Numbers of rows at which the plan of a list changes. The statements use them, and so do the cost estimates. */

/** Rows scanned first: 1 to 2 ms, wasted if matches are rare. */
export const SAMPLE_ROWS = 500;
/** If at least `PROMISING_HITS` of the first 500 rows match, this many rows are scanned, which usually fills the page. */
export const SCAN_ROWS = 4_000;
export const PROMISING_HITS = 3;

/** A term is rare if at most this many articles match it. By relevance, this many of the newest are ranked if it is common. */
export const RARE_TERM_MAX = 10_000;
/** The limit of both after the first page: more articles can have been published since, and a cursor can be forged. */
export const RANKED_ROWS_MAX = 20_000;

/** With fewer links than this, a search is a per-row probe; else it uses the GIN index. */
export const PROBED_LINKS_MAX = 5_000;
/**
 * A probe of all other subtrees takes as long as eight links in one pass. With 100,000 articles in one subtree and 46,000 in
 * the other the total takes 0.1 s; with a join for each article it took longer than 23.
 */
export const LINKS_PER_PROBE = 8;
