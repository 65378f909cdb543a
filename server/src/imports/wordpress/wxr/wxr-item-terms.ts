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

/** Returns the slug of a term. Squarespace declares a category with its name as the nicename, and links to its slug. */
export function slugFrom(nicename: string): string | null {
  if (nicename === '') return null;
  const slug = decodeNicename(nicename);
  return /\s/.test(slug) ? sanitizeTitle(slug) || slug : slug;
}

/** WordPress would store this slug (`sanitize_title`). */
const sanitizeTitle = (text: string) =>
  text
    .toLowerCase()
    .replace(/[./\s]+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}_%-]/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
