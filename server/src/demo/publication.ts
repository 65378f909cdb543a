import type { RelativeTime } from './relative-time.ts';

export type DemoCategory = {
  slug: string;
  name: string;
  description: string;
  /** The slug of the parent; absent for a root. */
  parent?: string;
  /** The rank among the siblings, from 0. */
  position: number;
  /** The slugs of the articles that come first, in order: the category is manual. */
  pinned?: readonly string[];
};

export type DemoAuthor = { slug: string; name: string; bio: string; email?: string };

export type DemoArticle = {
  slug: string;
  title: string;
  excerpt: string;
  /** Markdown. */
  content: string;
  /** Slugs, the main one first. */
  categories: readonly string[];
  /** Slugs, in the order in which the authors are shown. */
  authors: readonly string[];
  /** Null for a draft. */
  published: RelativeTime | null;
};

export type DemoRedirect = {
  /** An address that the publication had before Rubric. */
  path: string;
  /** The slug of the article that it leads to. */
  article: string;
};

/** The unpublished changes of a published article. */
export type DemoWorkingDraft = {
  /** The slug of the article. */
  article: string;
  title: string;
  excerpt: string;
  categories: readonly string[];
};

export type DemoPublication = {
  name: string;
  description: string;
  /** Each parent comes before its children. */
  categories: readonly DemoCategory[];
  authors: readonly DemoAuthor[];
  articles: readonly DemoArticle[];
  redirects: readonly DemoRedirect[];
  workingDrafts: readonly DemoWorkingDraft[];
};
