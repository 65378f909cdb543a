/** Moves with the clock: the demo is loaded at an unknown date and must not look abandoned. All times are UTC. */
export type DemoInstant = { daysAgo: number; time: ClockTime } | { daysFromNow: number; time: ClockTime };

/** Hours and minutes, 'HH:MM'. */
type ClockTime = `${number}:${number}`;

export type DemoCategory = {
  slug: string;
  name: string;
  description: string;
  /** The slug of the parent; absent for a root. */
  parent?: string;
  /** The rank among the siblings, from 0. */
  position: number;
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
  /** Slugs, in the order of the by-line. */
  authors: readonly string[];
  /** Null for a draft. */
  published: DemoInstant | null;
};

export type DemoPublication = {
  name: string;
  description: string;
  /** Each parent stands before its children. */
  categories: readonly DemoCategory[];
  authors: readonly DemoAuthor[];
  articles: readonly DemoArticle[];
};
