/** A database of a size and form on which requests can be expensive. */
export interface Load {
  articles: number;
  categories: number;
  /** Category 1 holds every article; the others share the links by chance. Else categories get links by Zipf's law. */
  hasCategoryOfAll: boolean;
  /** Links of each article: this many, and one more for the articles below `extraLinks`. */
  linksPerArticle: number;
  extraLinks: number;
  /** An expression of SQL: the parent of category `id`, null for a root. */
  parentOf: string;
}

/** Ten roots, each with a subtree of 100 categories; see `parentOf` in `seed.ts`. */
const HUNDREDS = 'case when id > 100 then 11 + (id - 1) % 90 when id > 10 then 1 + (id - 1) % 10 end';

/**
 * Category 1 is a leaf. Category 2 has 100 children with 49 children each, a subtree of 5,001. The others form 29 subtrees
 * of 507, each a root with 22 children that have 22 children each, and the rest of one.
 */
const SUBTREES = `case
  when id <= 2 then null
  when id <= 102 then 2
  when id <= 5002 then 3 + (id - 103) % 100
  when (id - 5003) % 507 = 0 then null
  when (id - 5003) % 507 <= 22 then id - (id - 5003) % 507
  else id - (id - 5003) % 507 + 1 + ((id - 5003) % 507 - 23) % 22
end`;

const zipf = (articles: number): Load => ({
  articles,
  categories: 1_000,
  hasCategoryOfAll: false,
  linksPerArticle: 3,
  extraLinks: 0,
  parentOf: HUNDREDS,
});

/**
 * `20k` has 314,000 links; the largest category has 100,000 and the largest subtree 5,001 categories. `200k` has 600,000
 * links, `1m` 3,000,000, in 1,000 categories: the largest has a link of every third article, or more.
 */
export const LOADS = {
  '20k': {
    articles: 100_000,
    categories: 20_000,
    hasCategoryOfAll: true,
    linksPerArticle: 3,
    extraLinks: 14_000,
    parentOf: SUBTREES,
  },
  '200k': zipf(200_000),
  '1m': zipf(1_000_000),
} as const satisfies Record<string, Load>;

export type LoadName = keyof typeof LOADS;
export const isLoadName = (name: string | undefined): name is LoadName => name !== undefined && name in LOADS;
