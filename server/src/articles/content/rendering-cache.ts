import type { RenderedContent } from './render-content.ts';

/** Two bytes per character, at most. */
const MAX_CHARACTERS = 16_777_216;
/** What else an entry takes, about. */
const ENTRY = 200;
/** How long a content that could not be rendered is not tried again. */
const RETRY_MS = 60_000;

type Entry = { rendered: RenderedContent } | { failedAt: number };

const sizeOf = (entry: Entry) => ENTRY + ('rendered' in entry ? entry.rendered.html.length : 0);

/** Keeps the HTML that was used last, and which contents could not be rendered. */
export class RenderingCache {
  /** In the order of their last use. */
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
