import { readFileSync } from 'node:fs';
import { fieldProblem } from '../../http/problems.ts';

/** Resolves to the file in `src/` from the compiled code too. */
const FILE = new URL('../../../src/auth/passwords/common-passwords.txt', import.meta.url);

const COMMON_PASSWORDS = new Set(
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => line.toLowerCase()),
);

/**
 * Refuses the most common passwords, ignoring case, and the email address of the account.
 *
 * @param pointer the field of the request that contains the password
 * @throws Problem `invalid_request`, with the code `too_common` for the field
 */
export function assertNotCommonPassword(password: string, email: string, pointer: string): void {
  const lowercase = password.toLowerCase();
  if (COMMON_PASSWORDS.has(lowercase) || lowercase === email.toLowerCase()) {
    throw fieldProblem(
      'invalid_request',
      pointer,
      'The password is too easy to guess: it is a common password or the email address.',
      'too_common',
    );
  }
}
