import type { Deciding } from './deciding.ts';
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
  /** What was decided so far, when the page of a conflict was closed. */
  deciding?: Deciding;
}

const PREFIX = 'rubric.writing';

/**
 * The words of one tab, in the storage of the browser. Written with every change, at once: a tab may be closed, or killed,
 * in the next moment, and what is written asynchronously may then be lost. Each tab has its own place, and a lock says
 * which tabs are open; what is kept without one belongs to a tab that is no more.
 */
export class KeptText {
  private readonly key: string;
  private release: (() => void) | undefined;

  /** @param account whose words they are: a browser may have more than one person */
  constructor(
    account: number,
    private readonly storage: Storage = localStorage,
  ) {
    this.key = `${PREFIX}.${account}.${crypto.randomUUID()}`;
  }

  /** Says that this tab is open, until it is closed. */
  hold() {
    if (this.release) return;
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
    this.release?.();
    this.release = undefined;
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

/** The locks of what this tab has taken over. */
const taken = new Map<string, () => void>();

/**
 * Takes over what closed tabs have left, by their locks: of two tabs that are opened at once, as a browser does that restores
 * them, one gets it.
 */
export async function take(left: readonly Left[], storage: Storage = localStorage): Promise<Left[]> {
  const got = await Promise.all(left.map(async (each) => ((await hasTaken(each, storage)) ? [each] : [])));
  return got.flat();
}

async function hasTaken({ keys }: Left, storage: Storage): Promise<boolean> {
  if (!navigator.locks) return true;
  const locked = await Promise.all(keys.map(lock));
  if (!locked.every(Boolean)) return false;
  const isThere = keys.every((key) => storage.getItem(key) !== null);
  // The other tab had it before, and is done with it.
  if (!isThere) release({ keys });
  return isThere;
}

const lock = (key: string) =>
  new Promise<boolean>((resolve) => {
    void navigator.locks.request(key, { ifAvailable: true }, (granted) => {
      resolve(granted !== null);
      return granted && new Promise<void>((done) => void taken.set(key, done));
    });
  });

/** Leaves to other tabs what was taken and not used. */
export function release({ keys }: Pick<Left, 'keys'>) {
  for (const key of keys) {
    taken.get(key)?.();
    taken.delete(key);
  }
}

export function discard(left: Left, storage: Storage = localStorage) {
  for (const key of left.keys) storage.removeItem(key);
  release(left);
}

function parse(text: string | null): Kept | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}
