import { connect, type Socket } from 'node:net';

/** The parts of a response that a measurement needs. */
export interface Response {
  status: number;
  body: string;
}

/**
 * A keep-alive connection with one request in flight. It parses only the HTTP that these servers write: a status line,
 * headers with a content-length, and a body. It uses a third of the CPU of autocannon, which matters because it shares the
 * two cores with the servers.
 */
export class Connection {
  private readonly socket: Socket;
  private readonly keepBody: boolean;
  private chunks: Buffer[] = [];
  private have = 0;
  private want = 0;
  private status = 0;
  private bodyAt = 0;
  private done: ((response: Response) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;

  /** @param keepBody false to discard bodies, which a measurement does not need */
  constructor(port: number, keepBody: boolean) {
    this.keepBody = keepBody;
    this.socket = connect(port, '127.0.0.1').setNoDelay(true);
    this.socket.on('data', (chunk: Buffer) => this.read(chunk));
    this.socket.on('error', (error) => this.failed?.(error));
    this.socket.on('close', () => this.failed?.(new Error('The server closed the connection.')));
  }

  send(request: string | Buffer): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.done = resolve;
      this.failed = reject;
      this.socket.write(request);
    });
  }

  close() {
    this.failed = undefined;
    this.socket.destroy();
  }

  private read(chunk: Buffer) {
    this.chunks.push(chunk);
    this.have += chunk.length;
    if (this.want === 0 && !this.readHead()) return;
    if (this.have < this.want) return;
    const body = this.keepBody ? Buffer.concat(this.chunks).toString('utf8', this.bodyAt, this.want) : '';
    const { status, done } = this;
    this.chunks = [];
    this.have = this.want = 0;
    done?.({ status, body });
  }

  private readHead(): boolean {
    const all = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    this.chunks = [all];
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = all.toString('latin1', 0, end).toLowerCase();
    this.status = Number(head.slice(9, 12));
    const at = head.indexOf('content-length: ');
    if (at < 0 && this.status !== 204) throw new Error('The response has no content-length.');
    this.bodyAt = end + 4;
    this.want = this.bodyAt + (at < 0 ? 0 : Number.parseInt(head.slice(at + 16), 10));
    return true;
  }
}

/** Returns the bytes of a request. */
export function httpRequest({ method, path, body, token }: Call): string {
  const head = `${method} ${path} HTTP/1.1\r\nhost: bench\r\n${token ? `authorization: Bearer ${token}\r\n` : ''}`;
  if (body === undefined) return `${head}\r\n`;
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export interface Call {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: string;
  token?: string | undefined;
}

/** Sends one request on a connection of its own. */
export async function once(port: number, request: string): Promise<Response> {
  const connection = new Connection(port, true);
  try {
    return await connection.send(request);
  } finally {
    connection.close();
  }
}
