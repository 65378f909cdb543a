import { readFileSync } from 'node:fs';
import { fieldProblem } from '../../http/problems.ts';

/** The same file for the sources and for what is built from them. */
const FILE = new URL('../../../src/auth/passwords/common-passwords.txt', import.meta.url);

const COMMON = new Set(
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => line.toLowerCase()),
);

/**
 * Refuses what would be tried first: the commonest passwords, in any letter case, and the account's own address.
 *
 * @param pointer the field that holds the password
 * @throws Problem `invalid_request`, with the code `too_common` for the field
 */
export function assertNotCommonPassword(password: string, email: string, pointer: string): void {
  const known = password.toLowerCase();
  if (COMMON.has(known) || known === email.toLowerCase()) {
    throw fieldProblem(
      'invalid_request',
      pointer,
      'The password is among the first that anybody would try.',
      'too_common',
    );
  }
}
