import { MAX } from '../database/schema/field-limits.ts';
import { romanize } from './romanize.ts';

/** Signs that are left out without ending a word, and invisible characters, except the zero-width space. */
const LEFT_OUT = /['’‘`´ʼ′°™℠®©℗]|(?!\u200b)\p{Default_Ignorable_Code_Point}/gu;
/** Symbols end a word. The library would transliterate them: 5‰ to 5%0, € to EU, ⁊ to 7. */
const NOT_IN_WORDS = /[^\p{L}\p{M}\p{N}×]+/gu;

/**
 * Makes a slug from text in any script: `Crème brûlée` becomes `creme-brulee`. Case and Unicode normalization make no
 * difference. If no letter or digit is left, the slug is the fallback. A slug of digits only gets the fallback as a prefix,
 * because the path `/articles/2026` contains an id.
 *
 * @param fallback a word like `article`
 */
export function slugify(text: string, fallback: string): string {
  const words = foldCase(text.replace(LEFT_OUT, '').normalize('NFKC')).replace(NOT_IN_WORDS, '-');
  const slug = shorten(
    romanize(words)
      .toLowerCase()
      .replace(/['`]/g, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    MAX.slug - fallback.length - 1,
  );
  if (slug === '') return fallback;
  return /^\d+$/.test(slug) ? `${fallback}-${slug}` : slug;
}

/** Lower case by way of upper case: ß and SS, ς and σ become equal. Capitals such as ẞ and those of Georgian get small. */
const foldCase = (text: string) => text.toUpperCase().toLowerCase().normalize('NFKC');

/**
 * Shortens a slug so that a suffix of up to seven digits fits behind it. Slugs in use are searched by this stem, because
 * those with a suffix can be shortened too.
 */
export const slugStem = (slug: string) => shorten(slug, MAX.slug - 8);

/** Returns the first of `stem-2`, `stem-3` … that is not taken. */
export function nextFreeSlug(stem: string, takenSlugs: Iterable<string>): string {
  const taken = new Set(takenSlugs);
  for (let suffix = 2; ; suffix += 1) {
    const slug = `${stem}-${suffix}`;
    if (!taken.has(slug)) return slug;
  }
}

/** Cuts a slug between two words if there is a hyphen in its second half, so it does not end in half a word. */
function shorten(slug: string, maxLength: number): string {
  if (slug.length <= maxLength) return slug;
  const hyphen = slug.slice(0, maxLength + 1).lastIndexOf('-');
  return slug.slice(0, hyphen > maxLength / 2 ? hyphen : maxLength).replace(/-$/, '');
}
