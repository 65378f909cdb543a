/**
 * Returns the password that is checked, hashed and compared: NFKC, because keyboards encode the same letter differently
 * (é as one code point or two, a full-width 1).
 */
export const normalizePassword = (password: string): string => password.normalize('NFKC');
