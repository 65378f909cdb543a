import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** A mail server that keeps what it is sent. */
export interface Mailbox {
  /** Settings for the server that sends. */
  environment: Record<string, string>;
  /** What came for an address, oldest first. */
  to(address: string): string[];
  /** The token in the link of the latest mail for an address, once it is there. */
  token(address: string): Promise<string>;
  /** Whether it takes messages. */
  open: boolean;
}

/** Speaks as much SMTP as a client needs to leave a message. */
function serve(socket: Socket, mailbox: Mailbox, keep: (to: string, text: string) => void) {
  let to = '';
  let text: string | undefined;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 ready');
  let rest = '';
  socket.on('error', () => {});
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (text !== undefined && line !== '.') text += `${line}\n`;
      else if (text !== undefined) {
        keep(to, text);
        text = undefined;
        say('250 kept');
      } else if (/^RCPT TO:/i.test(line)) {
        to = /<(.*?)>/.exec(line)?.[1] ?? '';
        say(mailbox.open ? '250 ok' : '550 closed');
      } else if (line === 'DATA') {
        text = '';
        say('354 go on');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else say('250 ok');
    }
  });
}

/** For one test file; call it before `useServer`, and give that its settings. */
export function useMailbox(settings: Record<string, string> = {}): Mailbox {
  const messages: { to: string; text: string }[] = [];
  let server: Server;
  const mailbox: Mailbox = {
    open: true,
    environment: { PUBLIC_URL: 'http://rubric.example', MAIL_FROM: 'rubric@rubric.example', ...settings },
    to: (address) => messages.filter(({ to }) => to === address).map(({ text }) => decoded(text)),
    token: async (address) => {
      for (let wait = 0; wait < 100; wait += 1) {
        const token = /#token=([\w-]+)/.exec(mailbox.to(address).at(-1) ?? '')?.[1];
        if (token) return token;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no link came for ${address}`);
    },
  };
  beforeAll(async () => {
    server = createServer((socket) => serve(socket, mailbox, (to, text) => messages.push({ to, text })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    mailbox.environment['SMTP_URL'] = `smtp://127.0.0.1:${port}`;
  });
  afterAll(() => void server.close());
  return mailbox;
}

/** Undoes quoted-printable. */
const decoded = (text: string) =>
  text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
