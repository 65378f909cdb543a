import { readFileSync } from 'node:fs';
import { visibleCharacters } from '../../http/blanks.ts';
import { fieldProblem } from '../../http/problems.ts';
import { normalizePassword } from './normalize-password.ts';

/** Resolves to the file in `src/` from the compiled code too. */
const FILE = new URL('../../../src/auth/passwords/common-passwords.txt', import.meta.url);

const COMMON_PASSWORDS = new Set(
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map(guessable),
);

/** A guesser who tries a password also tries it in other letter cases, in full width and with blanks. */
function guessable(password: string): string {
  return visibleCharacters(normalizePassword(password)).toLowerCase();
}

/**
 * Refuses the most common passwords and the email address of the account, ignoring case, width, blanks and invisible
 * characters.
 *
 * @param pointer the field of the request that contains the password
 * @throws Problem `invalid_request`, with the code `too_common` for the field
 */
export function assertNotCommonPassword(password: string, email: string, pointer: string): void {
  const guess = guessable(password);
  if (COMMON_PASSWORDS.has(guess) || guess === guessable(email)) {
    throw fieldProblem(
      'invalid_request',
      pointer,
      'The password is too easy to guess: it is a common password or the email address.',
      'too_common',
    );
  }
}
