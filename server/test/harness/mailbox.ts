import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { eventually } from './eventually.ts';

/** A mail server that stores every message. */
export interface Mailbox {
  /** The settings of the server under test. */
  environment: Record<string, string>;
  /** The messages to an address, oldest first. */
  to(address: string): string[];
  /** Waits for a message to an address and returns the token in the link of the latest one. */
  token(address: string): Promise<string>;
  /** Whether the server accepts messages. */
  isAccepting: boolean;
}

/** Implements the part of SMTP that a client needs to deliver a message. */
function serve(socket: Socket, mailbox: Mailbox, store: (to: string, text: string) => void) {
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
        store(to, text);
        text = undefined;
        say('250 queued');
      } else if (/^RCPT TO:/i.test(line)) {
        to = /<(.*?)>/.exec(line)?.[1] ?? '';
        say(mailbox.isAccepting ? '250 ok' : '550 closed');
      } else if (line === 'DATA') {
        text = '';
        say('354 go on');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else say('250 ok');
    }
  });
}

/** Starts a mail server for one test file. Call it before `useServer` and pass its `environment` there. */
export function useMailbox(settings: Record<string, string> = {}): Mailbox {
  const messages: { to: string; text: string }[] = [];
  let server: Server;
  const mailbox: Mailbox = {
    isAccepting: true,
    environment: { PUBLIC_URL: 'http://rubric.example', MAIL_FROM: 'rubric@rubric.example', ...settings },
    to: (address) => messages.filter(({ to }) => to === address).map(({ text }) => decodeQuotedPrintable(text)),
    token: (address) =>
      eventually(() => {
        const token = /#token=([\w-]+)/.exec(mailbox.to(address).at(-1) ?? '')?.[1];
        if (token === undefined) throw new Error(`no mail with a link arrived for ${address}`);
        return token;
      }),
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

/** Decodes quoted-printable. */
const decodeQuotedPrintable = (text: string) =>
  text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
