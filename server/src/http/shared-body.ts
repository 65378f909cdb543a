import { hash } from 'node:crypto';
import { type ContentEncoding, compress, type Effort } from './content-encoding.ts';

/** The digest and the compressed forms of a Buffer that several responses send. */
interface Derived {
  effort: Effort;
  digest?: string;
  compressed: Partial<Record<ContentEncoding, Buffer | Promise<Buffer>>>;
}

/**
 * A response body that is a Buffer is shared by several responses, such as the tree of categories. Its digest and its
 * compressed forms are computed once and live as long as the Buffer.
 */
const derivedFrom = new WeakMap<Buffer, Derived>();

function derived(body: Buffer, effort: Effort = 'once'): Derived {
  const existing = derivedFrom.get(body);
  if (existing) return existing;
  const created: Derived = { effort, compressed: {} };
  derivedFrom.set(body, created);
  return created;
}

const constants = new Map<string, Buffer>();

/** Returns the Buffer of a constant text. It stays in memory with its digest and its compressed forms. */
export function constantBody(text: string): Buffer {
  const existing = constants.get(text);
  if (existing) return existing;
  const body = Buffer.from(text);
  derived(body, 'kept');
  constants.set(text, body);
  return body;
}

/** SHA-1 is the fastest digest in Node (2 µs for 2 kB), and nothing here depends on collision resistance. */
const digest = (body: string | Buffer) => hash('sha1', body, 'base64url').slice(0, 16);

export function digestOf(body: string | Buffer): string {
  if (typeof body === 'string') return digest(body);
  const shared = derived(body);
  shared.digest ??= digest(body);
  return shared.digest;
}

export function compressedFormOf(body: string | Buffer, encoding: ContentEncoding): Buffer | Promise<Buffer> {
  if (typeof body === 'string') return compress(body, encoding);
  const shared = derived(body);
  shared.compressed[encoding] ??= compress(body, encoding, shared.effort);
  return shared.compressed[encoding];
}
