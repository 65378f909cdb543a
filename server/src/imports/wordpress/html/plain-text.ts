import { BLANK_RUN } from './blanks.ts';
import { decodeHtmlEntities } from './html-entities.ts';
import { htmlTokens } from './html-tokens.ts';
import { isBlock } from './paragraphs.ts';

/** Returns the words of HTML: without tags, comments and scripts, with entities decoded and single spaces between words. */
export function toPlainText(html: string): string {
  let text = '';
  for (const { type, name, source } of htmlTokens(html)) {
    if (type === 'text') text += decodeHtmlEntities(source);
    else if (type === 'raw' && name === 'pre') text += ` ${toPlainText(source.replace(/^<[^<>]*>|<[^<>]*>$/g, ''))} `;
    else if (isBlock(name) || name === 'br') text += ' ';
  }
  return words(text).join(' ');
}

/** Splitting also trims, and stays linear on long runs of blanks. */
function words(text: string): string[] {
  return text.split(BLANK_RUN).filter((word) => word !== '');
}
