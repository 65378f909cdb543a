import { connect } from 'node:net';

export interface RawResponse {
  /** All bytes received, as text. */
  text: string;
  /** The statuses of the responses, in order. */
  statuses: number[];
  /** The body of the last response. */
  body: any;
  /** Whether the server closed the connection; otherwise it sent nothing for the time of `silence`. */
  isClosed: boolean;
}

/**
 * Sends raw bytes and waits until the server closes the connection or sends nothing for `silence` milliseconds.
 *
 * @param parts sent in order, with `pause` milliseconds in between
 * @param end half-closes the connection after the last part
 */
export function sendRaw(
  origin: string,
  parts: string[],
  { pause = 0, end = false, silence = 30_000 } = {},
): Promise<RawResponse> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const finish = (isClosed: boolean) => {
      socket.destroy();
      resolve(read(Buffer.concat(chunks).toString(), isClosed));
    };
    socket.setTimeout(silence, () => finish(false));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => finish(true));
    socket.on('error', () => finish(true));
    void send(parts, pause, (part) => socket.writable && socket.write(part)).then(() => end && socket.end());
  });
}

async function send(parts: string[], pause: number, write: (part: string) => unknown) {
  for (const part of parts) {
    write(part);
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function read(text: string, isClosed: boolean): RawResponse {
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const last = text.slice(text.lastIndexOf('\r\n\r\n') + 4);
  return { text, statuses, body: last.startsWith('{') ? JSON.parse(last) : last, isClosed };
}
