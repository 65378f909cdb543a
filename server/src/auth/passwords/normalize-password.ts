/** White space, control and format characters, and the fillers that no font shows. */
const INVISIBLE_CHARACTERS = /[\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Returns the password that is checked, hashed and compared: NFKC, because keyboards encode the same letter differently
 * (é as one code point or two, a full-width 1).
 */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/** Removes the characters that nobody sees. */
export const visibleCharacters = (password: string): string => password.replace(INVISIBLE_CHARACTERS, '');
