import { get, type IncomingMessage } from 'node:http';
import type { BrowserClient } from './browser-client.ts';
import { eventually } from './eventually.ts';

export interface TestEvent {
  id: number;
  type: string;
  at: string;
  subject: { type: string; id: number; slug: string };
  by: object | null;
  changed: string[];
}

export interface TestStream {
  response: IncomingMessage;
  /** What has arrived so far. */
  events: TestEvent[];
  text: () => string;
  /** The last id that has arrived, as an `EventSource` sends it when it connects again. */
  lastEventId: () => string;
  /** Whether the server has ended the response. */
  hasEnded: () => boolean;
  close: () => void;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const cookieOf = ({ cookies }: BrowserClient) => ({
  cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
});

/** Listens to `/events/stream`. Resolves when the stream is open, so that it has its place. */
export async function openStream(
  origin: string,
  credentials: { authorization: string } | { cookie: string },
  { path = '/events/stream', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<TestStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(origin + path, { agent: false, headers: { ...credentials, ...headers } }, resolve).on('error', reject);
  });
  const stream = { events: [] as TestEvent[], text: '', rest: '', lastEventId: '', hasEnded: false };
  response.setEncoding('utf8').on('data', (text: string) => {
    stream.text += text;
    const blocks = (stream.rest + text).split('\n\n');
    stream.rest = blocks.pop() ?? '';
    for (const line of blocks.flatMap((block) => block.split('\n'))) {
      if (line.startsWith('data: ')) stream.events.push(JSON.parse(line.slice(6)) as TestEvent);
      if (line.startsWith('id: ')) stream.lastEventId = line.slice(4);
    }
  });
  response.on('end', () => (stream.hasEnded = true)).on('error', () => (stream.hasEnded = true));
  if (response.statusCode === 200) {
    await eventually(() => {
      if (stream.lastEventId === '') throw new Error('the stream is not open yet');
    });
  }
  return {
    response,
    events: stream.events,
    text: () => stream.text,
    lastEventId: () => stream.lastEventId,
    hasEnded: () => stream.hasEnded,
    close: () => response.destroy(),
  };
}
