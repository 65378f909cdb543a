import type { RenderedContent } from './render-content.ts';

/** A character takes at most two bytes. */
const MAX_CHARACTERS = 16_777_216;
/** The approximate size of an entry without its HTML. */
const ENTRY = 200;
/** How long a content that failed to render is not rendered again. */
const RETRY_MS = 60_000;

type Entry = { rendered: RenderedContent } | { failedAt: number };

const sizeOf = (entry: Entry) => ENTRY + ('rendered' in entry ? entry.rendered.html.length : 0);

/** A cache of the HTML that was used last, and of the contents that failed to render. */
export class RenderingCache {
  /** In the order of last use. */
  private readonly entries = new Map<string, Entry>();
  private size = 0;

  /** @returns null for a content that could not be rendered a short time ago, undefined for an unknown one */
  get(key: string, now: number): RenderedContent | null | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if ('failedAt' in entry) return now - entry.failedAt < RETRY_MS ? null : undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.rendered;
  }

  set(key: string, rendered: RenderedContent | null, now: number) {
    this.delete(key);
    const entry = rendered ? { rendered } : { failedAt: now };
    this.entries.set(key, entry);
    this.size += sizeOf(entry);
    for (const oldest of this.entries.keys()) {
      if (this.size <= MAX_CHARACTERS) break;
      this.delete(oldest);
    }
  }

  private delete(key: string) {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.size -= sizeOf(entry);
  }
}
