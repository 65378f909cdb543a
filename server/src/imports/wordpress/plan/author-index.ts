import type { WxrAuthor, WxrItem, WxrItemTerm } from '../wxr/wxr-records.ts';
import { nicenameOf } from './addresses.ts';
import { authorKey } from './external-keys.ts';

/** An author of the file. */
export interface IndexedAuthor {
  key: string;
  line: number;
  isDeclared: boolean;
  login: string;
  name: string;
  email: string;
}

type Term = Pick<WxrItemTerm, 'taxonomy' | 'slug' | 'name'>;

const TAXONOMY = 'author';
/** Co-Authors Plus puts it before the nicename of an author. */
const PREFIX = /^cap-/;

/** Finds the authors that the posts of a file name. They can be declared later in the file or not at all. */
export class AuthorIndex {
  readonly #authors = new Map<string, IndexedAuthor>();
  readonly #keysByName = new Map<string, string>();
  /** The declared authors by email address, and by what an address has instead of the login; null if several have it. */
  readonly #keysByAlias = new Map<string, string | null>();
  /** The creators of posts, with their first line. */
  readonly #creators = new Map<string, number>();
  /** The terms of the taxonomy `author` that posts have, by nicename. */
  readonly #terms = new Map<string, WxrItemTerm>();
  /** The terms without the prefix of Co-Authors Plus, each with a creator of its posts. */
  readonly #unprefixed = new Map<string, { creator: string; term: WxrItemTerm }>();
  /** The number of links to terms without the prefix. */
  unprefixedLinks = 0;
  /** Whether terms without the prefix are authors, as those of PublishPress Authors are. */
  hasUnprefixedCoAuthors = false;

  values(): Iterable<IndexedAuthor> {
    return this.#authors.values();
  }

  /** Returns the author who was declared before with the same login, if any. */
  declare({ line, login, name, email }: WxrAuthor): IndexedAuthor | undefined {
    const key = authorKey(login, name);
    const first = this.#authors.get(key);
    if (!first) this.#add({ key, line, isDeclared: true, login, name, email });
    return first;
  }

  addItem({ line, creator, terms }: WxrItem, isPost: boolean): void {
    if (isPost && creator !== '' && !this.#creators.has(creator)) this.#creators.set(creator, line);
    for (const term of terms) {
      if (term.taxonomy !== TAXONOMY || term.slug === null) continue;
      const nicename = nicenameIn(term);
      const isPrefixed = PREFIX.test(term.slug);
      if (!isPrefixed) this.unprefixedLinks += 1;
      if (!isPost) continue;
      if (!this.#terms.has(term.slug)) this.#terms.set(term.slug, term);
      if (!isPrefixed) this.#unprefixed.set(JSON.stringify([creator, nicename]), { creator, term });
    }
  }

  /** Adds the authors that the file does not declare. Returns their number. */
  finish(): number {
    const declared = this.#authors.size;
    for (const [name, line] of this.#creators) if (this.findKey(name) === null) this.#addUndeclared(name, name, line);
    this.hasUnprefixedCoAuthors = this.#unprefixed
      .values()
      .some(({ creator, term }) => creator !== '' && this.findKey(creator) === this.findCoAuthorKey(term));
    for (const term of this.#terms.values())
      if (this.isCoAuthor(term) && this.findCoAuthorKey(term) === null)
        this.#addUndeclared(nicenameIn(term), term.name, term.line);
    return this.#authors.size - declared;
  }

  /**
   * Whether a term is a co-author of Co-Authors Plus, PublishPress Authors or Bylines. The last two have no prefix, and
   * their taxonomy can be that of a site about books. It is that of authors if a post has its creator as such a term.
   */
  isCoAuthor({ taxonomy, slug }: Pick<Term, 'taxonomy' | 'slug'>): boolean {
    return taxonomy === TAXONOMY && slug !== null && (this.hasUnprefixedCoAuthors || PREFIX.test(slug));
  }

  /** @param creator the login of the author, in WXR 1.0 the display name; other tools write the email address or nicename */
  findKey(creator: string): string | null {
    const loginKey = authorKey(creator, '');
    if (this.#authors.has(loginKey)) return loginKey;
    const name = creator.toLowerCase();
    return this.#keysByName.get(name) ?? this.#keysByAlias.get(name) ?? null;
  }

  /** Co-Authors Plus has the login as the name of the term, the others the display name. */
  findCoAuthorKey(term: Pick<Term, 'slug' | 'name'>): string | null {
    return this.findKey(term.name) ?? this.findKey(nicenameIn(term));
  }

  #addUndeclared(login: string, name: string, line: number): void {
    this.#add({ key: authorKey(login, ''), line, isDeclared: false, login, name, email: '' });
  }

  #add(author: IndexedAuthor): void {
    const { key, login, name, email, isDeclared } = author;
    this.#authors.set(key, author);
    for (const each of [name, login].map((text) => text.toLowerCase()))
      if (each !== '' && !this.#keysByName.has(each)) this.#keysByName.set(each, key);
    if (!isDeclared) return;
    for (const alias of new Set([email.toLowerCase(), nicenameOf(login)]))
      this.#keysByAlias.set(alias, this.#keysByAlias.has(alias) ? null : key);
  }
}

const nicenameIn = ({ slug }: Pick<Term, 'slug'>) => (slug ?? '').replace(PREFIX, '').toLowerCase();
