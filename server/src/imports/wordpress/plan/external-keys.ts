import { hash } from 'node:crypto';
import type { TermKind } from '../report/kinds.ts';
import type { WxrItem, WxrSite } from '../wxr/wxr-records.ts';

/** PostgreSQL limits an index entry to 2.7 kB, and ids in a file can have any length. */
const MAX_KEY = 500;

/** Hashes a key that is too long, but not its prefix: the text before the colon. */
function limitLength(key: string): string {
  return key.length > MAX_KEY ? `${key.slice(0, key.indexOf(':'))}:sha256:${hash('sha256', key)}` : key;
}

/**
 * Returns `imported_rows.source`: the URL of the site without the protocol and `www.`, because many sites changed these
 * between two exports. A file without a URL is identified by its title.
 */
export function sourceOf({ url, title }: Pick<WxrSite, 'url' | 'title'>): string {
  const parsed = URL.parse(url);
  const site = (
    parsed?.host ? parsed.host + parsed.pathname + parsed.search : url.replace(/^https?:\/\//i, '')
  ).replace(/^www\./i, '');
  return limitLength(`wordpress:${url === '' ? `title:${title}` : site.replace(/\/+$/, '')}`);
}

const TERM_PREFIXES: Record<TermKind, string> = { categories: 'category', tags: 'tag' };

/**
 * Returns the key of a term: its slug, which WordPress keeps unique within a taxonomy, or its name if it has no slug.
 * WordPress compares slugs without case.
 */
export function termKey(kind: TermKind, slug: string | null, name: string): string {
  return limitLength(`${TERM_PREFIXES[kind]}:${slug === null ? `name:${name}` : `slug:${slug.toLowerCase()}`}`);
}

/** The prefix of the keys of tags. */
export const TAG_KEY_PREFIX = `${TERM_PREFIXES.tags}:`;

/** The key of the parent category of the tags. */
export const TAGS_PARENT_KEY = 'tags';

/** Returns the key of an author: the login, which WordPress compares without case, or the name if there is none (WXR 1.0). */
export function authorKey(login: string, name: string): string {
  return limitLength(login === '' ? `name:${name}` : `login:${login.toLowerCase()}`);
}

/** Assigns each post of a file the key by which the next import finds it again. */
export class PostKeys {
  /** The line of the post that has each key, by a number of a few bytes: there can be hundreds of thousands. */
  readonly #linesByKeyNumber = new Map<number, number>();
  readonly #hasSiteUrl: boolean;

  /** @param hasSiteUrl whether the file names its site. Post ids are unique within one site only */
  constructor(hasSiteUrl: boolean) {
    this.#hasSiteUrl = hasSiteUrl;
  }

  /**
   * Returns the first key of the post that no earlier post has, or the line of an earlier post if all keys are in use.
   * Some tools concatenate exports, so one file can have the ids of two sites; the guid then distinguishes the posts.
   * Others give several posts the same id and guid, or slug; posts with another slug, or title, are not the same.
   */
  assign(item: WxrItem): { key: string; sharesKeys: boolean } | { duplicateOfLine: number } {
    const keys = this.#keysOf(item);
    const numbers = keys.map((key) =>
      key === `id:${item.id}` ? -Number(item.id) : Number.parseInt(hash('sha256', key).slice(0, 13), 16),
    );
    const unused = numbers.findIndex((number) => !this.#linesByKeyNumber.has(number));
    if (unused < 0) return { duplicateOfLine: this.#linesByKeyNumber.get(numbers.at(-1) ?? 0) ?? 0 };
    for (const number of numbers)
      if (!this.#linesByKeyNumber.has(number)) this.#linesByKeyNumber.set(number, item.line);
    return { key: keys[unused] ?? '', sharesKeys: unused === keys.length - 1 && unused > 0 };
  }

  /** Returns the possible keys of a post, the best first. */
  #keysOf({ id, guid, slug, title, createdAt, content }: WxrItem): string[] {
    const idKeys = id === null ? [] : [`id:${id}`];
    const guidKeys = guid === '' ? [] : [limitLength(`guid:${guid}`)];
    const keys = this.#hasSiteUrl ? [...idKeys, ...guidKeys] : [...guidKeys, ...idKeys];
    if (keys.length > 0) return [...keys, limitLength(`post:${JSON.stringify([id, guid, slug ?? title])}`)];
    if (slug !== null) return [limitLength(`slug:${slug}`), limitLength(`post:${JSON.stringify([slug, title])}`)];
    return [`text:${hash('sha256', JSON.stringify([title, createdAt, content]))}`];
  }
}
