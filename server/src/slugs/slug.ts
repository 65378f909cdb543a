import { transliterate } from 'transliteration';
import { MAX } from '../database/schema/field-limits.ts';

/**
 * A slug for any text in any script: `Crème brûlée` becomes `creme-brulee`. Where nothing readable is left it is the
 * fallback, and digits alone get the fallback before them, since `/articles/2026` would read as an id.
 *
 * @param fallback a word such as `article`
 */
export function slugify(text: string, fallback: string): string {
  const slug = shorten(
    transliterate(text.normalize('NFC'))
      .toLowerCase()
      .replace(/['’`]/g, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    MAX.slug - fallback.length - 1,
  );
  if (slug === '') return fallback;
  return /^\d+$/.test(slug) ? `${fallback}-${slug}` : slug;
}

/** What a suffix of up to seven digits still fits behind. Slugs in use are looked for by it, since it may be cut. */
export const slugStem = (slug: string) => shorten(slug, MAX.slug - 8);

/** The first of `stem-2`, `stem-3` … that is not among those taken. */
export function nextFreeSlug(stem: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  for (let suffix = 2; ; suffix += 1) {
    const slug = `${stem}-${suffix}`;
    if (!used.has(slug)) return slug;
  }
}

/** Cuts between two words where one is near, so that a slug does not end in half a word. */
function shorten(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const cut = slug.slice(0, length + 1).lastIndexOf('-');
  return slug.slice(0, cut > length / 2 ? cut : length).replace(/-$/, '');
}
