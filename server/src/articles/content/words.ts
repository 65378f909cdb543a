/** Scripts without blanks between words. The Segmenter knows the words of most of them from a dictionary. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'word' });
/**
 * One word as readers count it: up to a blank, a dash or an ellipsis. `well-known` and `don’t` are one word, `this—that`
 * two.
 */
const WORD = /[^\s\u2013\u2014\u2026]+/g;
const HAS_LETTER = /[\p{L}\p{N}]/u;

/** In words per minute: adults read English prose at 238 on average, other languages more slowly. */
const READING_SPEED = 220;

/** Tags that do not end a word: `<b>N</b>ew`. */
const INLINE_TAG =
  /<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)\b[^>]*>/g;
/** The number of a footnote in the text, and the arrow back. */
const FOOTNOTE_LINK = /<sup class="footnote-ref">.*?<\/sup>/g;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** @param html as `safeHtml` writes it: each `<` is that of a tag, and there are four entities */
const textOf = (html: string) =>
  html
    .replace(FOOTNOTE_LINK, '')
    .replace(INLINE_TAG, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity);

/** Counts the words of a text as readers do, without its markup. Chinese, Japanese and Thai are split into words too. */
export function countWords(html: string): number {
  let count = 0;
  for (const [word] of textOf(html).matchAll(WORD)) {
    if (UNSPACED.test(word)) count += countSegments(word);
    else if (HAS_LETTER.test(word)) count += 1;
  }
  return count;
}

function countSegments(text: string): number {
  let count = 0;
  for (const { isWordLike } of SEGMENTER.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** Whole minutes: at least 1, or 0 without words. */
export const readingMinutesOf = (wordCount: number): number =>
  wordCount === 0 ? 0 : Math.max(1, Math.round(wordCount / READING_SPEED));
