/** As the server counts: 220 words a minute. */
const WORDS_PER_MINUTE = 220;

const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a text as a reader counts them, without markup. */
export function countWords(content: string, format: 'markdown' | 'html'): number {
  const text = content
    .replace(/<!--[\s\S]*?-->|<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/\]\([^)\s]*\)|^\[[^\]]+\]:.*$/gm, format === 'markdown' ? ' ' : '$&');
  if (WITHOUT_BLANKS.test(text)) {
    return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter(
      ({ isWordLike }) => isWordLike,
    ).length;
  }
  return text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

export const minutesOf = (words: number): number =>
  words === 0 ? 0 : Math.max(1, Math.round(words / WORDS_PER_MINUTE));
