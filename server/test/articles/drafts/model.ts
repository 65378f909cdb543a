/** Working drafts as the documentation describes them, in plain TypeScript, for the actions of one editor after another. */

export const TEXTS = ['title', 'slug', 'excerpt', 'content'] as const;
export type Text = (typeof TEXTS)[number];
export type Field = Text | 'categoryIds';
export const FIELDS: readonly Field[] = [...TEXTS, 'categoryIds'];
export type Values = Record<Text, string> & { categoryIds: number[] };
export type Prefer = Partial<Record<Field, 'draft' | 'article'>>;

export interface ModelArticle {
  id: number;
  values: Values;
  version: number;
  publication: 'draft' | 'scheduled' | 'published';
  isTrashed: boolean;
  draft: { values: Values; version: number; base: Values; baseVersion: number } | null;
}

/** An event as the stream shows it. */
export interface ModelEvent {
  type: string;
  id: number;
  changed: string[];
}

/** What the API answers: the status, with the code and the pointers of a problem. */
export interface Outcome {
  status: number;
  code?: string;
  pointers?: string[];
}

const DONE: Outcome = { status: 200 };
const NOT_FOUND: Outcome = { status: 404, code: 'not_found' };
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const copy = (values: Values): Values => structuredClone(values);
const differing = (from: Values, to: Partial<Values>) =>
  FIELDS.filter((field) => to[field] !== undefined && !isSame(from[field], to[field]));

export class Model {
  readonly articles = new Map<number, ModelArticle>();
  readonly deletedCategories = new Set<number>();
  readonly events: ModelEvent[] = [];

  create(id: number, values: Values) {
    const article = { id, values: copy(values), version: 1, publication: 'published', isTrashed: false, draft: null };
    this.articles.set(id, article as ModelArticle);
    this.emit('created', id);
  }

  patch(id: number, body: Partial<Values>): Outcome {
    const article = this.live(id);
    if (!article) return NOT_FOUND;
    if (body.slug !== undefined && this.isTaken(body.slug, id)) return SLUG_TAKEN;
    this.write(article, body, article.version + 1);
    return DONE;
  }

  setPublication(id: number, publication: ModelArticle['publication'], isSameTime: boolean): Outcome {
    const article = this.live(id);
    if (!article) return NOT_FOUND;
    if (isSameTime && article.publication === publication) return DONE;
    const was = isPublished(article);
    article.publication = publication;
    article.version += 1;
    const type = isPublished(article) === was ? 'updated' : was ? 'unpublished' : 'published';
    this.emit(type, id, ['publishedAt']);
    return DONE;
  }

  saveDraft(id: number, body: Partial<Values>): Outcome {
    const article = this.live(id);
    if (!article) return NOT_FOUND;
    if (!isPublished(article)) return NOT_PUBLISHED;
    const known = article.draft?.values;
    const unknown = (body.categoryIds ?? []).flatMap((categoryId, index) =>
      this.isGone(categoryId) && !known?.categoryIds.includes(categoryId) ? [`/categoryIds/${index}`] : [],
    );
    if (unknown.length > 0) return { status: 422, code: 'unknown_category', pointers: unknown };
    if (body.slug !== undefined && body.slug !== known?.slug && this.isTaken(body.slug, id)) return SLUG_TAKEN;
    if (!article.draft) {
      const [values, base] = [copy(article.values), copy(article.values)];
      article.draft = { values, base, version: article.version + 1, baseVersion: article.version };
    } else if (differing(article.draft.values, body).length > 0) article.draft.version += 1;
    Object.assign(article.draft.values, structuredClone(body));
    return DONE;
  }

  discardDraft(id: number): Outcome {
    const article = this.live(id);
    if (!article?.draft) return NOT_FOUND;
    article.draft = null;
    return { status: 204 };
  }

  publishDraft(id: number, prefer: Prefer): Outcome {
    const article = this.live(id);
    if (!article) return NOT_FOUND;
    if (!isPublished(article)) return NOT_PUBLISHED;
    if (!article.draft) return NOT_FOUND;
    const { draft } = article;
    const choices = FIELDS.map((field) => [field, this.choose(article.values, draft, field, prefer[field])] as const);
    const conflicts = choices.filter(([, choice]) => choice === 'conflict').map(([field]) => `/${field}`);
    if (conflicts.length > 0) return { status: 409, code: 'draft_conflict', pointers: conflicts };
    const chosen = choices.filter(([, choice]) => choice === 'draft').map(([field]) => [field, draft.values[field]]);
    const body = Object.fromEntries(chosen) as Partial<Values>;
    const gone = (body.categoryIds ?? []).flatMap((each, index) =>
      this.isGone(each) ? [`/categoryIds/${index}`] : [],
    );
    if (gone.length > 0) return { status: 422, code: 'unknown_category', pointers: gone };
    if (body.slug !== undefined && this.isTaken(body.slug, id)) return SLUG_TAKEN;
    this.write(article, body, Math.max(article.version, draft.version) + 1);
    article.draft = null;
    return DONE;
  }

  trash(id: number): Outcome {
    const article = this.live(id);
    if (!article) return NOT_FOUND;
    article.isTrashed = true;
    article.version += 1;
    this.emit('trashed', id);
    return { status: 204 };
  }

  /** @param slug the one that the server chose, if that of the article is taken */
  restore(id: number, slug: string): Outcome {
    const article = this.articles.get(id);
    if (!article) return NOT_FOUND;
    if (!article.isTrashed) return DONE;
    article.isTrashed = false;
    article.version += 1;
    if (this.isTaken(article.values.slug, id)) article.values.slug = slug;
    this.emit('restored', id);
    return DONE;
  }

  delete(id: number): Outcome {
    if (!this.articles.delete(id)) return NOT_FOUND;
    this.emit('deleted', id);
    return { status: 204 };
  }

  deleteCategory(categoryId: number) {
    this.deletedCategories.add(categoryId);
    for (const article of this.articles.values()) {
      const categoryIds = article.values.categoryIds.filter((each) => each !== categoryId);
      this.write(article, { categoryIds }, article.version + 1);
    }
  }

  /** What editors see of a draft: what publishing it would make of the article, with its own values where both have changed. */
  draftOf({ values, draft }: ModelArticle): Values | null {
    if (!draft) return null;
    const chosen = FIELDS.map((field) => [
      field,
      (this.choose(values, draft, field, 'draft') === 'draft' ? draft.values : values)[field],
    ]);
    return Object.fromEntries(chosen) as Values;
  }

  isGone = (categoryId: number) => this.deletedCategories.has(categoryId);

  private choose(
    article: Values,
    { values: draft, base }: NonNullable<ModelArticle['draft']>,
    field: Field,
    prefer?: string,
  ) {
    const remaining = field === 'categoryIds' ? base.categoryIds.filter((each) => !this.isGone(each)) : base[field];
    if (isSame(draft[field], article[field])) return 'article';
    if (isSame(draft[field], base[field]) || isSame(draft[field], remaining)) return 'article';
    if (prefer) return prefer;
    return isSame(article[field], remaining) ? 'draft' : 'conflict';
  }

  private write(article: ModelArticle, body: Partial<Values>, version: number) {
    const changed = differing(article.values, body);
    if (changed.length === 0) return;
    Object.assign(article.values, structuredClone(body));
    article.version = version;
    this.emit('updated', article.id, changed);
  }

  private live(id: number) {
    const article = this.articles.get(id);
    return article?.isTrashed ? undefined : article;
  }

  private isTaken(slug: string, id: number) {
    return [...this.articles.values()].some((each) => each.id !== id && !each.isTrashed && each.values.slug === slug);
  }

  private emit(type: string, id: number, changed: string[] = []) {
    this.events.push({ type: `article.${type}`, id, changed: changed.toSorted() });
  }
}

export const isPublished = ({ publication }: ModelArticle) => publication === 'published';
const SLUG_TAKEN: Outcome = { status: 409, code: 'slug_taken', pointers: ['/slug'] };
const NOT_PUBLISHED: Outcome = { status: 409, code: 'not_published' };
