import { LOADS, type LoadName } from './shapes.ts';

const range = (first: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, n) => first + n * step).join();

/** The ids of categories that the requests name, for each form of the tree. */
const categoriesOf = (name: LoadName) =>
  LOADS[name].hasCategoryOfAll
    ? { large: '1', subtree: '2', roots: range(5003, 29, 507), thousand: range(5003, 1_000) }
    : { large: '1', subtree: '2', roots: range(1, 10), thousand: range(1, 1_000) };

/**
 * Returns the twenty most expensive requests for lists that an anonymous client can send, found by trying combinations of `any`, `all`, `none`,
 * descendants, authors, searches, orders, totals and facets on the loads `20k` and `200k`.
 *
 * @returns paths with a query
 */
export function expensiveRequests(name: LoadName): string[] {
  const { large, subtree, roots, thousand } = categoriesOf(name);
  const [first, second] = roots.split(',');
  const phrase = encodeURIComponent('"the and the"');
  const both = `categories[all]=${large},${subtree}&descendants=true`;
  const anyRoot = `categories[any]=${roots}&descendants=true`;
  const noRoot = `categories[none]=${roots}&descendants=true`;
  return [
    `${both}&total=true`,
    `${both}&facets=categories`,
    `${both}&q=the&total=true`,
    `categories[all]=${large},${subtree},${first},${second}&descendants=true&total=true`,
    `categories[all]=${roots}&descendants=true&sort=title`,
    `categories[all]=${thousand}&descendants=true&q=the&total=true`,
    `${anyRoot}&total=true&facets=categories`,
    `${anyRoot}&q=the&facets=categories`,
    `categories[any]=${thousand}&total=true&facets=categories`,
    `${noRoot}&total=true`,
    `${noRoot}&sort=title`,
    `${noRoot}&sort=updatedAt&q=the`,
    `${noRoot}&q=the&total=true`,
    `author=1&${noRoot}&sort=title`,
    `author=1&categories[all]=${large}&categories[any]=${subtree},${first}&categories[none]=${second}&descendants=true&total=true&facets=categories`,
    `q=${phrase}&total=true`,
    `categories[all]=${subtree}&descendants=true&q=${phrase}&sort=relevance`,
    'q=the&total=true&facets=categories',
    `categories[all]=${large}&q=the&total=true&facets=categories`,
    'facets=categories',
  ].map((query) => `/articles?${query}`);
}
