import { MAX } from '../../../database/schema/field-limits.ts';
import { hasVisibleCharacter, trimBlanks } from '../../../http/blanks.ts';
import { slugify } from '../../../slugs/slug.ts';
import { abbreviate, truncate } from '../report/truncate.ts';
import { formatChange, type Warnings } from './warnings.ts';

/** Truncates text to the maximum length of a field, with a warning. */
export function truncateField(text: string, max: number, field: string, warnings: Warnings): string {
  const truncated = truncate(text, max);
  if (truncated !== text) warnings.add(`the ${field} was truncated to ${max} characters`, abbreviate(text));
  return truncated;
}

/** Returns the text without blanks at its ends, truncated if necessary. If no character is visible, returns the fallback or `Untitled` with a warning. */
export function requiredField(text: string, max: number, field: string, fallback: string, warnings: Warnings): string {
  if (hasVisibleCharacter(text)) return truncateField(trimBlanks(text), max, field, warnings);
  const value = hasVisibleCharacter(fallback) ? truncate(fallback, max) : 'Untitled';
  warnings.add(`the ${field} is missing`, `imported as “${abbreviate(value)}”`);
  return value;
}

/** Returns the slug of a post or term, of the name if the file has none. Bytes of a character that WordPress cut are left out. */
export const planSlug = (slugInFile: string | null, name: string, fallback: string) =>
  slugify((slugInFile?.replace(/(?:%[\da-f]{0,2})+$/i, '') || name).slice(0, 2 * MAX.slug), fallback);

/** Adds a warning if a slug of the file had to be changed. */
export function warnIfSlugChanged(slugInFile: string | null, slug: string, warnings: Warnings): void {
  if (slugInFile !== null && slugInFile !== slug)
    warnings.add('the slug is not valid in Rubric and was changed', formatChange(slugInFile, slug));
}
