import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Prompts for a password twice on a terminal, without showing it. If standard input is not a terminal, reads its first
 * line instead.
 *
 * @throws Error with a message for the terminal
 */
export async function promptPassword(): Promise<string> {
  if (!process.stdin.isTTY) return readFirstLine();
  const password = await promptHidden('Password: ');
  if ((await promptHidden('Repeat the password: ')) !== password) throw new Error('The passwords do not match.');
  return password;
}

async function readFirstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new Error('Standard input is empty; a password is required.');
}

/** Prompts for a line without echoing it: readline writes to a discarded stream. Ctrl-C and Ctrl-D abort. */
function promptHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const discard = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: discard, terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      process.stderr.write('\n');
      reject(new Error('No password was entered.'));
    });
  });
}
