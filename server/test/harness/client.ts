import { assertDocumented } from './contract.ts';

export interface TestResponse<T = any> {
  status: number;
  headers: Headers;
  /** The parsed JSON, or the text if it is not JSON; undefined if there is no body. */
  body: T;
}

type Options = { headers?: Record<string, string> };

/** An HTTP client that validates every response against `openapi.json`. */
export class Client {
  constructor(
    readonly origin: string,
    private readonly token?: string,
  ) {}

  get = (path: string, options?: Options) => this.call('GET', path, undefined, options);
  delete = (path: string, options?: Options) => this.call('DELETE', path, undefined, options);
  post = (path: string, body?: unknown, options?: Options) => this.call('POST', path, body, options);
  put = (path: string, body?: unknown, options?: Options) => this.call('PUT', path, body, options);
  patch = (path: string, body?: unknown, options?: Options) => this.call('PATCH', path, body, options);

  /** @param body sent as JSON; a string or a Buffer is sent unchanged */
  async call(method: string, path: string, body?: unknown, { headers = {} }: Options = {}): Promise<TestResponse> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(this.origin + path, {
      method,
      redirect: 'manual',
      headers: {
        // Compression takes a tenth of the CPU time of a test. Tests of it ask for it.
        'accept-encoding': 'identity',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type') ?? '';
    const text = type.startsWith('text/event-stream') ? await firstPart(response) : await response.text();
    const json = /json/.test(type);
    const result = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : json ? JSON.parse(text) : text,
    };
    assertDocumented(method, path, result);
    return result;
  }
}

/** Reads the beginning of a response that does not end, and closes the connection. */
async function firstPart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const part = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(part?.value);
}
