import type { Kind } from '../report/import-report.ts';
import { KINDS } from '../report/import-report.ts';
import { brief } from '../report/warnings.ts';
import type { WxrAuthor, WxrItem, WxrItemTerm, WxrRecord, WxrSite, WxrTerm, WxrWarning } from '../wxr/wxr-records.ts';
import type { TermKind } from './external-keys.ts';
import { authorKey, termKey } from './external-keys.ts';

/** A category or tag of the file. */
export interface SurveyedTerm {
  key: string;
  kind: TermKind;
  /** Where it is declared; where an article first names it if it is not. */
  line: number;
  declared: boolean;
  slug: string | null;
  name: string;
  /** As the file has it: a slug, or a name. */
  parent: string | null;
  description: string;
}

/** An author of the file, with what it is known by. */
export interface SurveyedAuthor {
  key: string;
  line: number;
  declared: boolean;
  login: string;
  name: string;
  email: string;
}

/** What was declared again, or says nothing. */
export interface LeftOut {
  kind: Kind;
  line: number;
  reason: string;
  detail: string | null;
}

/** The kind under which the ledger counts an item. */
export function itemKind({ postType }: WxrItem): Kind {
  if (postType === 'post') return 'posts';
  if (postType === 'page') return 'pages';
  if (postType === 'attachment') return 'attachments';
  return postType === 'nav_menu_item' ? 'menuItems' : 'otherItems';
}

/** The kind of term that a taxonomy of WordPress has, null for those that Rubric has no place for. */
export function termKind(taxonomy: string): TermKind | null {
  if (taxonomy === 'category') return 'categories';
  return taxonomy === 'post_tag' ? 'tags' : null;
}

export function linkKind(taxonomy: string): 'categoryLinks' | 'tagLinks' | 'otherLinks' {
  const kind = termKind(taxonomy);
  if (kind === null) return 'otherLinks';
  return kind === 'categories' ? 'categoryLinks' : 'tagLinks';
}

/**
 * What a first reading of a file tells: how much there is of everything, and all its authors, categories and tags, which
 * the file may define after the articles that use them, twice, or never. The articles themselves are not kept; a second
 * reading writes them. Reading twice costs seconds, and spares the tree from being mended afterwards; a file that is
 * malformed at its end is refused before anything is written.
 */
export class Survey {
  site: WxrSite = { kind: 'site', line: 1, url: '', title: '', version: '' };
  readonly counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  readonly terms = new Map<string, SurveyedTerm>();
  readonly authors = new Map<string, SurveyedAuthor>();
  readonly leftOut: LeftOut[] = [];
  readonly warnings: WxrWarning[] = [];
  readonly #termsByName = new Map<string, string>();
  readonly #authorsByName = new Map<string, string>();
  /** Only named by articles: authors may be declared later. */
  readonly #creators = new Map<string, number>();

  add(record: WxrRecord): void {
    if (record.kind === 'site') this.site = record;
    else if (record.kind === 'warning') this.warnings.push(record);
    else if (record.kind === 'author') this.#addAuthor(record);
    else if (record.kind === 'item') this.#addItem(record);
    else this.#addTerm(record);
  }

  /** Settles who and what was named only. To be called once, at the end of the file. */
  finish(): this {
    for (const [name, line] of this.#creators) {
      if (this.authorOf(name) !== null) continue;
      this.counts.authors += 1;
      const key = authorKey(name, '');
      this.#keepAuthor({ key, line, declared: false, login: name, name, email: '' });
    }
    for (const [key, term] of this.terms) {
      // A link may give a name alone, before the category of that name is declared.
      if (term.declared) continue;
      if (term.slug === null && this.#termsByName.get(nameKey(term.kind, term.name)) !== key) this.terms.delete(key);
      else this.counts[term.kind] += 1;
    }
    return this;
  }

  /** The key of the category or tag that a link, or a child, means. */
  termOf(kind: TermKind, { slug, name }: { slug: string | null; name: string }): string {
    return (slug === null ? this.#termsByName.get(nameKey(kind, name)) : undefined) ?? termKey(kind, slug, name);
  }

  /** The key of the category that a parent means: WXR 1.0 names it, later versions give its slug. */
  parentOf(parent: string): string | null {
    const bySlug = termKey('categories', parent, '');
    if (this.terms.has(bySlug)) return bySlug;
    return this.#termsByName.get(nameKey('categories', parent)) ?? null;
  }

  /** The key of the author that a post's creator means: a login, in WXR 1.0 a name. */
  authorOf(creator: string): string | null {
    const byLogin = authorKey(creator, '');
    if (this.authors.has(byLogin)) return byLogin;
    return this.#authorsByName.get(creator.toLowerCase()) ?? null;
  }

  #addAuthor({ line, login, displayName, firstName, lastName, email }: WxrAuthor): void {
    this.counts.authors += 1;
    const name = displayName || `${firstName} ${lastName}`.trim();
    const key = authorKey(login, name);
    const earlier = this.authors.get(key);
    if (name === '')
      this.leftOut.push({ kind: 'authors', line, reason: 'has neither a login nor a name', detail: null });
    else if (earlier) this.leftOut.push(declaredTwice('authors', line, name, earlier));
    else this.#keepAuthor({ key, line, declared: true, login, name, email });
  }

  #keepAuthor(author: SurveyedAuthor): void {
    this.authors.set(author.key, author);
    for (const name of [author.name, author.login]) {
      const known = name.toLowerCase();
      if (name !== '' && !this.#authorsByName.has(known)) this.#authorsByName.set(known, author.key);
    }
  }

  #addTerm({ line, taxonomy, slug, name, parent, description }: WxrTerm): void {
    const kind = termKind(taxonomy);
    this.counts[kind ?? 'otherTerms'] += 1;
    if (kind === null) {
      const reason = `Rubric has nothing like the taxonomy ${taxonomy || 'without a name'}`;
      this.leftOut.push({ kind: 'otherTerms', line, reason, detail: brief(name || (slug ?? '')) });
    } else if (name === '') {
      this.leftOut.push({ kind, line, reason: 'has neither a slug nor a name', detail: null });
    } else {
      const key = this.termOf(kind, { slug, name });
      this.#declare({ key, kind, line, declared: true, slug, name, parent, description });
    }
  }

  #declare(term: SurveyedTerm): void {
    const earlier = this.terms.get(term.key);
    if (!earlier?.declared) return this.#keepTerm(term);
    // As wp:category and again as wp:term, with what the first left out.
    earlier.parent ??= term.parent;
    earlier.description ||= term.description;
    this.leftOut.push(declaredTwice(term.kind, term.line, term.name, earlier));
  }

  /** Those with a slug have the name before those without. */
  #keepTerm(term: SurveyedTerm): void {
    this.terms.set(term.key, term);
    const name = nameKey(term.kind, term.name);
    const known = this.terms.get(this.#termsByName.get(name) ?? '');
    if (!known || (known.slug === null && term.slug !== null)) this.#termsByName.set(name, term.key);
  }

  #addItem(item: WxrItem): void {
    const kind = itemKind(item);
    this.counts[kind] += 1;
    this.counts.comments += item.comments;
    this.counts.customFields += item.postmeta;
    for (const term of item.terms) this.#addLink(term, kind === 'posts');
    if (kind !== 'posts' || item.creator === '') return;
    this.counts.authorLinks += 1;
    if (!this.#creators.has(item.creator)) this.#creators.set(item.creator, item.line);
  }

  #addLink({ line, taxonomy, slug, name }: WxrItemTerm, isOfPost: boolean): void {
    this.counts[linkKind(taxonomy)] += 1;
    const kind = termKind(taxonomy);
    if (kind === null || !isOfPost) return;
    const key = this.termOf(kind, { slug, name });
    if (this.terms.has(key)) return;
    this.#keepTerm({ key, kind, line, declared: false, slug, name, parent: null, description: '' });
  }
}

function declaredTwice(kind: Kind, line: number, name: string, earlier: { line: number }): LeftOut {
  return { kind, line, reason: 'declared twice', detail: `${brief(name)}, first at line ${earlier.line}` };
}

function nameKey(kind: TermKind, name: string): string {
  return `${kind} ${name.normalize('NFC').toLowerCase()}`;
}
