import { hash } from 'node:crypto';
import type { WxrItem, WxrSite } from '../wxr/wxr-records.ts';

/** An index of PostgreSQL takes no key above 2.7 kB, and a file may hold an identity of any length. */
const MAX_KEY = 500;

/** A text that begins with a prefix and a colon. */
function asKey(text: string): string {
  return text.length > MAX_KEY ? `${text.slice(0, text.indexOf(':'))}:sha256:${hash('sha256', text)}` : text;
}

/**
 * The site a file comes from, by its address without the protocol: many a site moved to https between two exports.
 * A file that names no address is known by its title.
 */
export function sourceOf({ url, title }: Pick<WxrSite, 'url' | 'title'>): string {
  const address = URL.parse(url);
  const site = address?.host ? address.host + address.pathname + address.search : url.replace(/^https?:\/\//i, '');
  return asKey(`wordpress:${url === '' ? `title:${title}` : site.replace(/\/+$/, '')}`);
}

export type TermKind = 'categories' | 'tags';

const TERM_PREFIX: Record<TermKind, string> = { categories: 'category', tags: 'tag' };

/** Of a term: its slug, which WordPress keeps unique within a taxonomy; its name where the file gives no slug. */
export function termKey(kind: TermKind, slug: string | null, name: string): string {
  return asKey(`${TERM_PREFIX[kind]}:${slug === null ? 'name' : 'slug'}:${slug ?? name}`);
}

/** What the keys of tags begin with. */
export const TAG_KEYS = `${TERM_PREFIX.tags}:`;

/** Of the category above the tags. */
export const TAGS_KEY = 'tags';

/** Of an author: the login, or where the file has only names (WXR 1.0), the name. */
export function authorKey(login: string, name: string): string {
  return asKey(login === '' ? `name:${name}` : `login:${login}`);
}

/** Gives each post of a file the identity by which the next import finds it again. */
export class Identities {
  /** Of those whose identity is seen, by that in few bytes: there may be hundreds of thousands. */
  readonly #lines = new Map<number, number>();
  readonly #knowsSite: boolean;

  /** @param knowsSite whether the file names its site: ids are unique within one only */
  constructor(knowsSite: boolean) {
    this.#knowsSite = knowsSite;
  }

  /**
   * The first identity of the post that no earlier one has, or the line of the earlier one that has all of them. Some
   * tools glue exports together, and the ids of two sites meet in one file: then the guid tells the posts apart.
   */
  take(item: WxrItem): { key: string } | { repeats: number } {
    const keys = this.#keysOf(item);
    const marks = keys.map((key) =>
      key === `id:${item.id}` ? -Number(item.id) : Number.parseInt(hash('sha256', key).slice(0, 13), 16),
    );
    const free = marks.findIndex((mark) => !this.#lines.has(mark));
    if (free < 0) return { repeats: Math.min(...marks.map((mark) => this.#lines.get(mark) ?? 0)) };
    for (const mark of marks) if (!this.#lines.has(mark)) this.#lines.set(mark, item.line);
    return { key: keys[free] ?? '' };
  }

  #keysOf({ id, guid, slug, title, createdAt, content }: WxrItem): string[] {
    const ids = id === null ? [] : [`id:${id}`];
    const guids = guid === '' ? [] : [asKey(`guid:${guid}`)];
    const known = this.#knowsSite ? [...ids, ...guids] : [...guids, ...ids];
    if (known.length > 0) return known;
    if (slug !== null) return [asKey(`slug:${slug}`)];
    return [`text:${hash('sha256', JSON.stringify([title, createdAt, content]))}`];
  }
}
