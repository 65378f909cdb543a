import { decodeHtmlEntities } from './html-entities.ts';
import { htmlTokens } from './html-tokens.ts';
import { isBlock } from './paragraphs.ts';

/** The words of a piece of HTML: without tags, comments and scripts, entities decoded, one space between words. */
export function plainText(html: string): string {
  let text = '';
  for (const { type, name, source } of htmlTokens(html)) {
    if (type === 'text') text += decodeHtmlEntities(source);
    else if (type === 'raw' && name === 'pre') text += ` ${plainText(source.replace(/^<[^<>]*>|<[^<>]*>$/g, ''))} `;
    else if (isBlock(name) || name === 'br') text += ' ';
  }
  return words(text).join(' ');
}

/** Split trims as well, and a run of blanks costs it nothing. */
function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Whether there is something to see. A name of zero-width spaces is as blank as one of spaces. */
export function isVisible(text: string): boolean {
  return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text);
}

/** The text, cut to `max` characters (code points, as PostgreSQL counts them) where it is longer. */
export function fit(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = Array.from(text.slice(0, 2 * max + 2));
  return characters.length <= max && text.length <= 2 * max + 2 ? text : `${characters.slice(0, max - 1).join('')}…`;
}
