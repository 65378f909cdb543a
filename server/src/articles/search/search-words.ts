/**
 * Splits a text into words in TypeScript, to show where a search matches. The function `search_tokens` of the database
 * decides which articles match; a test compares the two.
 */

/** As `unspaced_characters` of the database: the scripts that are written without blanks between words. */
const UNSPACED =
  '\\u3005-\\u3007\\u3031-\\u3035\\u303b\\u303c\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff' +
  '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}\\u0e00-\\u0e7f\\u0e80-\\u0eff' +
  '\\u1000-\\u109f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\u1780-\\u17ff\\u1950-\\u19df\\u1a20-\\u1aaf\\uaa80-\\uaadf';
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const WORD = new RegExp(
  `[${UNSPACED}]+|(?:(?![${UNSPACED}\\u02b9-\\u02c1])[\\p{L}\\p{N}\\p{M}\\u00ad\\u200c\\u200d\\u2060\\ufeff])+`,
  'gu',
);

const ASCII = /^[\0-\x7f]*$/;
/** Accents, vowel points and invisible characters. */
const IGNORED = new RegExp(
  [
    '(?<![иИуУіІ])[\\u0300-\\u036f]|[\\u0300\\u0301\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640',
    '\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff',
    '\\ufe20-\\ufe2f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200c-\\u200f\\u202a-\\u202e\\u2060-\\u206f',
    '\\ufe00-\\ufe0f\\ufeff\\u{e0100}-\\u{e01ef}]',
  ].join(''),
  'gu',
);
/** Normalization takes n² steps for n marks in a row. No text needs more than 30 (UAX 15). */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
const LETTERS: Record<string, string> = Object.fromEntries(
  ['ßss', 'æae', 'œoe', 'þth', 'øo', 'łl', 'đd', 'ðð', 'ħh', 'ŧt', 'ıi', 'ςσ', 'يی', 'ىی', 'كک', 'ةه'].map((pair) => [
    pair.charAt(0),
    pair.slice(1),
  ]),
);
const FOLDED_LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
/** The zeros of the digits that are compared with ASCII ones. */
const DIGIT = /[٠-٩۰-۹०-९০-৯๐-๙໐-໙០-៩၀-၉]/g;
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x17e0, 0x1040];
const asciiDigit = (digit: string) => {
  const code = digit.charCodeAt(0);
  return String(code - Math.max(...ZEROS.filter((zero) => zero <= code)));
};

/** Returns a text in the form in which searches compare it. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .replace(TOO_MANY_MARKS, '$1')
    .normalize('NFKD')
    .replace(IGNORED, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(FOLDED_LETTER, (letter) => LETTERS[letter] ?? letter)
    .replace(DIGIT, asciiDigit);
}

/** A run of letters, marks and numbers, either all of a script without blanks between words, or none. */
export interface Word {
  start: number;
  end: number;
  folded: string;
  isUnspaced: boolean;
}

export function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const folded = foldText(word);
    // Accents and invisible characters alone are no word.
    if (folded === '') continue;
    yield { start: match.index, end: match.index + word.length, folded, isUnspaced: IS_UNSPACED.test(folded) };
  }
}
