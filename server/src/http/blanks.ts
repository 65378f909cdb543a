/**
 * White space, control and format characters, and the fillers that no font shows. Which characters PostgreSQL treats as
 * spaces depends on the locale; these include them all.
 */
const INVISIBLE = String.raw`\p{White_Space}\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800`;
const INVISIBLE_CHARACTERS = new RegExp(`[${INVISIBLE}]`, 'gu');
const VISIBLE_CHARACTER = new RegExp(`[^${INVISIBLE}]`, 'u');

/**
 * The blanks of Unicode, the blank of Braille, and invisible characters that have no meaning at an end. Other invisible
 * characters are kept, because they change the character before them: joiners (U+200C, U+200D), direction marks, emoji
 * variations, the tags of a flag.
 */
const BLANK = /[\p{White_Space}\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u2800\u3164\ufeff\uffa0]/u;

/** Removes invisible characters. */
export const visibleCharacters = (text: string): string => text.replace(INVISIBLE_CHARACTERS, '');
export const hasVisibleCharacter = (text: string): boolean => VISIBLE_CHARACTER.test(text);

/** Removes blanks at both ends. Not with one regular expression: that would take minutes for a megabyte of blanks inside. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (start < end && BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
