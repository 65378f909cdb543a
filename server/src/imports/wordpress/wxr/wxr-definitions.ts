import { decodeNicename } from './nicename.ts';
import type { WxrElement } from './wxr-element.ts';
import { slugFrom, taxonomyFrom } from './wxr-item-terms.ts';
import type { WxrAuthor, WxrTerm } from './wxr-records.ts';

/** The names of the children of an element that defines a term. */
interface TermFields {
  taxonomy: string;
  id: string;
  slug: string;
  parent: string;
  name: string;
  description: string;
}

const CATEGORY: TermFields = {
  taxonomy: 'category',
  id: 'wp:term_id',
  slug: 'wp:category_nicename',
  parent: 'wp:category_parent',
  name: 'wp:cat_name',
  description: 'wp:category_description',
};
const TAG: TermFields = {
  taxonomy: 'post_tag',
  id: 'wp:term_id',
  slug: 'wp:tag_slug',
  parent: 'wp:tag_parent',
  name: 'wp:tag_name',
  description: 'wp:tag_description',
};
/** Here `taxonomy` is the name of a field. In the other two it is the taxonomy itself. */
const TERM: TermFields = {
  taxonomy: 'wp:term_taxonomy',
  id: 'wp:term_id',
  slug: 'wp:term_slug',
  parent: 'wp:term_parent',
  name: 'wp:term_name',
  description: 'wp:term_description',
};

const AUTHOR_FIELDS = [
  'wp:author_login',
  'wp:author_email',
  'wp:author_display_name',
  'wp:author_first_name',
  'wp:author_last_name',
];

/** The children that are read of each element that defines an author or a term. WordPress.com wrote `<wp:wp_author>`. */
export const DEFINITION_FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['wp:author', new Set(AUTHOR_FIELDS)],
  ['wp:wp_author', new Set(AUTHOR_FIELDS)],
  ['wp:category', new Set(Object.values(CATEGORY))],
  ['wp:tag', new Set(Object.values(TAG))],
  ['wp:term', new Set(Object.values(TERM))],
]);

/** Parses a `<wp:author>`, `<wp:category>`, `<wp:tag>` or `<wp:term>`. */
export function parseDefinition(element: WxrElement): WxrAuthor | WxrTerm {
  if (element.name === 'wp:category') return parseTerm(element, CATEGORY, CATEGORY.taxonomy);
  if (element.name === 'wp:tag') return parseTerm(element, TAG, TAG.taxonomy);
  if (element.name === 'wp:term') return parseTerm(element, TERM, taxonomyFrom(element.value(TERM.taxonomy)));
  return parseAuthor(element);
}

function parseAuthor(element: WxrElement): WxrAuthor {
  const login = element.value('wp:author_login');
  const fullName = ['first', 'last']
    .map((part) => element.field(`wp:author_${part}_name`).display)
    .join(' ')
    .trim();
  return {
    kind: 'author',
    line: element.line,
    login,
    name: element.field('wp:author_display_name').display || fullName || login,
    email: element.value('wp:author_email'),
  };
}

function parseTerm(element: WxrElement, names: TermFields, taxonomy: string): WxrTerm {
  const slug = slugFrom(element.value(names.slug));
  const parent = element.field(names.parent).display;
  return {
    kind: taxonomy === 'category' ? 'category' : taxonomy === 'post_tag' ? 'tag' : 'term',
    line: element.line,
    taxonomy,
    id: element.value(names.id),
    slug,
    name: element.field(names.name).display,
    parent: parent === '' ? null : decodeNicename(parent),
    description: element.field(names.description).display,
    metaKeys: element.meta.map(({ key }) => key.display),
  };
}
