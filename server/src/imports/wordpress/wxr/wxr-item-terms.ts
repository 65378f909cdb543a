import { decodeNicename } from './nicename.ts';
import type { WxrElement } from './wxr-element.ts';
import type { WxrItemTerm } from './wxr-records.ts';

/**
 * Returns the terms of an item. WXR 1.0 wrote each term twice: first with the name only, for readers of that time, then
 * with the nicename. The redundant first ones are dropped. Terms with only a name and repeated terms are kept.
 */
export function parseItemTerms(element: WxrElement): WxrItemTerm[] {
  const terms = element.terms.map(({ line, domain, nicename, text }): WxrItemTerm => {
    const slug = slugFrom(nicename.trim());
    return { line, taxonomy: taxonomyFrom(domain.trim()), slug, name: text.display || (slug ?? '') };
  });
  const withSlug = new Set(terms.filter((term) => term.slug !== null).map(taxonomyAndName));
  return terms.filter((term) => term.name !== '' && (term.slug !== null || !withSlug.has(taxonomyAndName(term))));
}

function taxonomyAndName(term: WxrItemTerm): string {
  return `${term.taxonomy}\n${term.name}`;
}

/**
 * Returns the taxonomy of a `domain`. WXR 1.0 wrote `tag` instead of `post_tag`, and nothing for a category. WordPress
 * compares without case.
 */
export function taxonomyFrom(domain: string): string {
  const taxonomy = domain.toLowerCase();
  if (taxonomy === '') return 'category';
  return taxonomy === 'tag' ? 'post_tag' : taxonomy;
}

export function slugFrom(nicename: string): string | null {
  return nicename === '' ? null : decodeNicename(nicename);
}
