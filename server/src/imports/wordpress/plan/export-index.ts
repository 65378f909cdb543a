import { itemKind, KINDS, type Kind, type LinkKind, linkKind, type TermKind, termKind } from '../report/kinds.ts';
import { abbreviate } from '../report/truncate.ts';
import type { WxrAuthor, WxrItem, WxrItemTerm, WxrRecord, WxrSite, WxrTerm, WxrWarning } from '../wxr/wxr-records.ts';
import { hasAuthorAddress, oldSlugsOf } from './addresses.ts';
import { AuthorIndex } from './author-index.ts';
import { termKey } from './external-keys.ts';
import { KeptSlugs } from './kept-slugs.ts';
import { TermNames } from './term-names.ts';

/** The slug of a post without a letter or digit in its slug and title. */
export const ARTICLE_SLUG_FALLBACK = 'article';

/** A category or tag of the file. */
export interface IndexedTerm {
  key: string;
  kind: TermKind;
  /** The line of the declaration, or of the first post that uses an undeclared term. */
  line: number;
  isDeclared: boolean;
  slug: string | null;
  name: string;
  /** As in the file: a slug or a name. */
  parent: string | null;
  description: string;
}

/** An object or link that is not imported, or not exactly as in the file. */
export interface Skipped {
  kind: Kind;
  line: number;
  reason: string;
  detail: string | null;
}

/**
 * The result of the first pass over a file: the number of objects of each kind, and all authors, categories and tags. The
 * file can define these after the posts that use them, twice, or not at all. Posts are not kept; a second pass writes
 * them. The second pass takes seconds, the category tree needs no repair afterwards, and a file that is malformed at its
 * end is rejected before anything is written.
 */
export class ExportIndex {
  site: WxrSite = { kind: 'site', line: 1, url: '', title: '', version: '' };
  readonly counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  readonly terms = new Map<string, IndexedTerm>();
  readonly authors = new AuthorIndex();
  /** The slugs of posts outside of the trash. Articles in the trash can share a slug. */
  readonly keptPostSlugs = new KeptSlugs();
  /** The address of each attachment by its id. */
  readonly attachmentUrls = new Map<string, string>();
  readonly skipped: Skipped[] = [];
  /** The metadata of terms. */
  readonly termMeta: { line: number; key: string }[] = [];
  /** The names of links that were taken for another spelling of a name. */
  readonly notes: Skipped[] = [];
  readonly warnings: WxrWarning[] = [];
  readonly #termNames = new TermNames();
  /** The slug of each category, else its name. */
  readonly #slugsByTermId = new Map<string, string>();

  add(record: WxrRecord): void {
    if (record.kind === 'site') this.site = record;
    else if (record.kind === 'warning') this.warnings.push(record);
    else if (record.kind === 'author') this.#addAuthor(record);
    else if (record.kind === 'item') this.#addItem(record);
    else this.#addTerm(record);
  }

  /** Adds the authors and terms that posts use and the file does not declare. Must be called once, after the last record. */
  finish(): this {
    this.counts.authors += this.authors.finish();
    if (this.authors.hasUnprefixedCoAuthors) {
      this.counts.otherLinks -= this.authors.unprefixedLinks;
      this.counts.authorLinks += this.authors.unprefixedLinks;
    }
    for (const [key, term] of this.terms) {
      term.name ||= term.slug ?? '';
      this.#resolveParentId(term);
      if (term.isDeclared) continue;
      // A link with only a name can precede the declaration of the category, which then replaces this term.
      if (term.slug === null && this.#termNames.keyOf(term.kind, term.name) !== key) this.terms.delete(key);
      else this.counts[term.kind] += 1;
    }
    this.counts.addresses += [...this.authors.values()].filter(hasAuthorAddress).length;
    this.counts.addresses += [...this.terms.values()].filter(({ slug }) => slug !== null).length;
    this.#noteSpellings();
    return this;
  }

  /** Returns the key of a category or tag by slug, or by name if it has no slug. */
  termKeyOf(kind: TermKind, { slug, name }: { slug: string | null; name: string }): string {
    return (slug === null ? this.#termNames.keyOf(kind, name) : undefined) ?? termKey(kind, slug, name);
  }

  /** @param parent the slug of the parent category, in WXR 1.0 its name */
  findParentKey(parent: string): string | null {
    const slugKey = termKey('categories', parent, '');
    if (this.terms.has(slugKey)) return slugKey;
    return this.#termNames.keyOf('categories', parent) ?? null;
  }

  /** Returns the kind of the link from an item to a term. */
  linkKindOf(term: WxrItemTerm): LinkKind {
    return this.authors.isCoAuthor(term) ? 'authorLinks' : linkKind(term);
  }

  /** A parent that is no slug or name of a category can be its id. */
  #resolveParentId(term: IndexedTerm): void {
    const { parent } = term;
    if (parent === null || this.findParentKey(parent) !== null) return;
    term.parent = parent === '0' ? null : (this.#slugsByTermId.get(parent) ?? parent);
  }

  #noteSpellings(): void {
    for (const { kind, name, line } of this.#termNames.uses()) {
      const term = this.terms.get(this.termKeyOf(kind, { slug: null, name }));
      if (!term || term.name === name) continue;
      const detail = `${abbreviate(name)}, as ${abbreviate(term.name)}`;
      this.notes.push({ kind, line, reason: 'named by a post without a slug and in another spelling', detail });
    }
  }

  #addAuthor(author: WxrAuthor): void {
    const { line, name } = author;
    this.counts.authors += 1;
    const first = name === '' ? undefined : this.authors.declare(author);
    if (name === '')
      this.skipped.push({ kind: 'authors', line, reason: 'has neither a login nor a name', detail: null });
    else if (first) this.skipped.push(declaredTwice('authors', line, name, first));
  }

  #addTerm({ line, taxonomy, id, slug, name, parent, description, metaKeys }: WxrTerm): void {
    const kind = termKind(taxonomy);
    this.counts[kind ?? 'otherTerms'] += 1;
    this.counts.termMeta += metaKeys.length;
    for (const key of metaKeys) this.termMeta.push({ line, key });
    if (kind === null) {
      const reason = `Rubric has no equivalent of the taxonomy ${taxonomy || 'without a name'}`;
      this.skipped.push({ kind: 'otherTerms', line, reason, detail: abbreviate(name || (slug ?? '')) });
    } else if (name === '' && slug === null) {
      this.skipped.push({ kind, line, reason: 'has neither a slug nor a name', detail: null });
    } else {
      const key = this.termKeyOf(kind, { slug, name });
      if (kind === 'categories' && !this.#slugsByTermId.has(id)) this.#slugsByTermId.set(id, slug ?? name);
      this.#declareTerm({ key, kind, line, isDeclared: true, slug, name, parent, description });
    }
  }

  #declareTerm(term: IndexedTerm): void {
    const first = this.terms.get(term.key);
    if (!first?.isDeclared) return this.#setTerm({ ...term, name: term.name || (first?.name ?? '') });
    // Declared as <wp:category> and again as <wp:term>, which can have a parent or description that the first lacks.
    first.parent ??= term.parent;
    first.description ||= term.description;
    this.#addName(first, term.name);
    this.skipped.push(declaredTwice(term.kind, term.line, term.name || (term.slug ?? ''), first));
  }

  #setTerm(term: IndexedTerm): void {
    this.terms.set(term.key, term);
    if (term.name !== '') this.#termNames.add(term);
  }

  /** Names a term that is declared without a name. */
  #addName(term: IndexedTerm, name: string): void {
    if (term.name !== '' || name === '' || name === term.slug) return;
    term.name = name;
    this.#termNames.add(term);
  }

  #addItem(item: WxrItem): void {
    const kind = itemKind(item);
    this.counts[kind] += 1;
    this.counts.comments += item.commentCount;
    const oldSlugs = kind === 'posts' ? oldSlugsOf(item).length : 0;
    this.counts.customFields += item.customFields.length - oldSlugs;
    this.counts.addresses += oldSlugs;
    if (kind === 'attachments' && item.id !== null)
      this.attachmentUrls.set(String(item.id), item.attachmentUrl || item.guid);
    for (const term of item.terms) this.#addLink(term, kind === 'posts');
    if (kind === 'posts' && item.status !== 'trash') this.keptPostSlugs.add(item.slug, ARTICLE_SLUG_FALLBACK);
    if (kind === 'posts' && item.link !== '') this.counts.addresses += 1;
    this.authors.addItem(item, kind === 'posts');
    if (kind === 'posts' && item.creator !== '') this.counts.authorLinks += 1;
  }

  #addLink(term: WxrItemTerm, isOfPost: boolean): void {
    const { line, taxonomy, slug, name } = term;
    this.counts[this.linkKindOf(term)] += 1;
    const kind = termKind(taxonomy);
    if (kind === null || !isOfPost) return;
    if (slug === null) this.#termNames.addUse(kind, name, line);
    const key = this.termKeyOf(kind, { slug, name });
    const known = this.terms.get(key);
    if (known) return this.#addName(known, name);
    this.#setTerm({ key, kind, line, isDeclared: false, slug, name, parent: null, description: '' });
  }
}

function declaredTwice(kind: Kind, line: number, name: string, first: { line: number }): Skipped {
  return { kind, line, reason: 'declared twice', detail: `${abbreviate(name)}, first on line ${first.line}` };
}
