import type { ArticleBody, Fields } from './fields.ts';
import type { Stored } from './machine.ts';

/** What a browser keeps of an article until the server has it. */
export interface Kept {
  /** What the server had. */
  stored: Stored;
  mine: Fields;
  at: string;
  /** The first save of a new article, once it was sent: sending it again makes no second one. */
  creation?: { key: string; body: ArticleBody };
}

const PREFIX = 'rubric.writing';

/**
 * The words of one tab, in the storage of the browser. Written with every change, at once: a tab may be closed, or killed,
 * in the next moment, and what is written asynchronously may then be lost. Each tab has its own place, and a lock says
 * which tabs are open; what is kept without one belongs to a tab that is no more.
 */
export class KeptText {
  private readonly key: string;
  private release = () => {};

  /** @param account whose words they are: a browser may have more than one person */
  constructor(
    account: number,
    private readonly storage: Storage = localStorage,
  ) {
    this.key = `${PREFIX}.${account}.${crypto.randomUUID()}`;
  }

  /** Says that this tab is open, until it is closed. */
  hold() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.release = resolve;
    void navigator.locks?.request(this.key, () => promise);
  }

  /** @returns whether there was room for it */
  keep(kept: Kept): boolean {
    try {
      this.storage.setItem(this.key, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    this.storage.removeItem(this.key);
  }

  close() {
    this.release();
  }
}

export interface Left {
  keys: readonly string[];
  kept: Kept;
}

/** A new article gets its id while somebody writes in it, so what is kept says which article it is, and its key does not. */
const articleOf = ({ stored: { target } }: Kept) => (target.kind === 'new' ? 'new' : target.id);

/** What closed tabs have left of an article, or of new ones, the oldest first. */
export async function leftBehind(
  account: number,
  article: number | 'new',
  storage: Storage = localStorage,
): Promise<Left[]> {
  const prefix = `${PREFIX}.${account}.`;
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const open = new Set(held.map(({ name }) => name));
  return Object.keys(storage)
    .filter((key) => key.startsWith(prefix) && !open.has(key))
    .flatMap((key) => {
      const kept = parse(storage.getItem(key));
      return kept && articleOf(kept) === article ? [{ keys: [key], kept }] : [];
    })
    .toSorted((a, b) => a.kept.at.localeCompare(b.kept.at));
}

export function discard({ keys }: Left, storage: Storage = localStorage) {
  for (const key of keys) storage.removeItem(key);
}

function parse(text: string | null): Kept | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}
