import { decodeNicename } from './nicename.ts';
import type { WxrFields } from './wxr-element.ts';
import type { WxrAuthor, WxrItemTerm, WxrTerm } from './wxr-records.ts';

interface TermElement {
  taxonomy: string;
  slug: string;
  parent: string;
  name: string;
  description: string;
}

const CATEGORY: TermElement = {
  taxonomy: 'category',
  slug: 'wp:category_nicename',
  parent: 'wp:category_parent',
  name: 'wp:cat_name',
  description: 'wp:category_description',
};
const TAG: TermElement = {
  taxonomy: 'post_tag',
  slug: 'wp:tag_slug',
  parent: 'wp:tag_parent',
  name: 'wp:tag_name',
  description: 'wp:tag_description',
};
/** Its taxonomy is the name of a field, that of the others is the taxonomy itself. */
const TERM: TermElement = {
  taxonomy: 'wp:term_taxonomy',
  slug: 'wp:term_slug',
  parent: 'wp:term_parent',
  name: 'wp:term_name',
  description: 'wp:term_description',
};

/** The children of each element of the channel that defines an author or a term. */
export const DEFINITION_FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'wp:author',
    new Set([
      'wp:author_login',
      'wp:author_email',
      'wp:author_display_name',
      'wp:author_first_name',
      'wp:author_last_name',
    ]),
  ],
  ['wp:category', new Set(Object.values(CATEGORY))],
  ['wp:tag', new Set(Object.values(TAG))],
  ['wp:term', new Set(Object.values(TERM))],
]);

/** An author or a term as a record. */
export function definitionOf(fields: WxrFields): WxrAuthor | WxrTerm {
  if (fields.name === 'wp:author') return authorOf(fields);
  if (fields.name === 'wp:category') return termOf(fields, CATEGORY, CATEGORY.taxonomy);
  if (fields.name === 'wp:tag') return termOf(fields, TAG, TAG.taxonomy);
  return termOf(fields, TERM, taxonomyOf(fields.plain(TERM.taxonomy)));
}

function authorOf(fields: WxrFields): WxrAuthor {
  const login = fields.plain('wp:author_login');
  return {
    kind: 'author',
    line: fields.line,
    login,
    displayName: fields.get('wp:author_display_name').display || login,
    firstName: fields.get('wp:author_first_name').display,
    lastName: fields.get('wp:author_last_name').display,
    email: fields.plain('wp:author_email'),
  };
}

function termOf(fields: WxrFields, element: TermElement, taxonomy: string): WxrTerm {
  const slug = slugOf(fields.plain(element.slug));
  const parent = fields.get(element.parent).display;
  return {
    kind: taxonomy === 'category' ? 'category' : taxonomy === 'post_tag' ? 'tag' : 'term',
    line: fields.line,
    taxonomy,
    slug,
    name: fields.get(element.name).display || (slug ?? ''),
    parent: slugOf(parent),
    description: fields.get(element.description).display,
  };
}

/**
 * The links of an item. WXR 1.0 wrote each one twice, first with the name alone, for readers of its day, and then with
 * the nicename: what says nothing new is left out. A link that only has a name stays, and one that comes twice does too.
 */
export function itemTermsOf(fields: WxrFields): WxrItemTerm[] {
  const terms = fields.terms.map(({ line, domain, nicename, text }): WxrItemTerm => {
    const slug = slugOf(nicename.trim());
    return { line, taxonomy: taxonomyOf(domain.trim()), slug, name: text.display || (slug ?? '') };
  });
  const identified = new Set(terms.filter((term) => term.slug !== null).map(keyOf));
  return terms.filter((term) => term.name !== '' && (term.slug !== null || !identified.has(keyOf(term))));
}

function keyOf(term: WxrItemTerm): string {
  return `${term.taxonomy}\n${term.name}`;
}

/** WXR 1.0 said `tag` for what is `post_tag` since, and nothing for a category. */
function taxonomyOf(domain: string): string {
  if (domain === '') return 'category';
  return domain === 'tag' ? 'post_tag' : domain;
}

function slugOf(nicename: string): string | null {
  return nicename === '' ? null : decodeNicename(nicename);
}
