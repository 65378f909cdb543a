import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks for a password twice on a terminal, without showing it; otherwise it is the first line of standard input.
 *
 * @throws Error with a sentence for a person
 */
export async function promptPassword(): Promise<string> {
  if (!process.stdin.isTTY) return readFirstLine();
  const password = await promptHidden('Password: ');
  if ((await promptHidden('The same once more: ')) !== password) throw new Error('The two passwords differ.');
  return password;
}

async function readFirstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new Error('Standard input holds no password.');
}

/** What readline would show of the typing goes nowhere; Ctrl-C and Ctrl-D give up. */
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
      reject(new Error('No password was given.'));
    });
  });
}
