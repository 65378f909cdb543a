import { MAX } from '../../../database/schema/field-limits.ts';
import { slugify } from '../../../slugs/slug.ts';
import { withParagraphs } from '../html/paragraphs.ts';
import { plainText } from '../html/plain-text.ts';
import type { Kind } from '../report/import-report.ts';
import { brief, Notes } from '../report/warnings.ts';
import type { WxrItem } from '../wxr/wxr-records.ts';
import { digestOf } from './digest.ts';
import type { LeftOut, Survey } from './export-index.ts';
import { linkKind, termKind } from './export-index.ts';

/** Of what a file says of an article, in the order of its digest. */
export const ARTICLE_PARTS = [
  'title',
  'slug',
  'excerpt',
  'content',
  'state',
  'trash',
  'created',
  'modified',
  'authors',
  'categories',
  'tags',
] as const;
export type ArticlePart = (typeof ARTICLE_PARTS)[number];

export interface PlannedLink {
  kind: 'categoryLinks' | 'tagLinks';
  /** Of the category or tag. */
  key: string;
  line: number;
}

/** An article as Rubric would have it, as far as the file alone can tell. */
export interface PlannedArticle {
  key: string;
  line: number;
  title: string;
  slug: string;
  excerpt: string | null;
  /** Made when it is written: most articles of a second run are not. */
  content: () => string;
  publishedAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** In the file's order, each once. */
  links: PlannedLink[];
  /** Links that go nowhere. */
  leftOut: LeftOut[];
  author: string | null;
  digest: Buffer;
  notes: Notes;
}

export interface PlanOptions {
  survey: Survey;
  /** Divides what is published from what is scheduled, and stands for dates that the file does not give. */
  now: Date;
  /** Whether tags are looked at. */
  tags: boolean;
}

export function planArticle(item: WxrItem, key: string, { survey, now, tags }: PlanOptions): PlannedArticle {
  const notes = new Notes();
  const title = notes.filled(item.title, MAX.title, 'the title', item.slug ?? '');
  const slug = slugify((item.slug ?? title).slice(0, 2 * MAX.slug), 'article');
  notes.slug(item.slug, slug);
  const isTrash = item.status === 'trash';
  const dates = datesOf(item, now, notes);
  const publishedAt = publishedAtOf(item, dates, now, notes);
  if (item.isSticky) notes.add('it was sticky, and Rubric pins nothing to the top', brief(title));
  noteShortcodes(item.content, notes);
  return {
    key,
    line: item.line,
    title,
    slug,
    excerpt: notes.fitted(plainText(item.excerpt), MAX.excerpt, 'the excerpt') || null,
    content: () => withParagraphs(item.content),
    publishedAt,
    deletedAt: isTrash ? dates.updatedAt : null,
    createdAt: dates.createdAt,
    updatedAt: dates.updatedAt,
    ...linksOf(item, survey),
    author: item.creator === '' ? null : survey.authorOf(item.creator),
    digest: digestOf(saidOf(item, survey, tags)),
    notes,
  };
}

/** Of links the digest has what they mean, so that a category renamed in WordPress changes no article. */
function saidOf(item: WxrItem, survey: Survey, tags: boolean): Record<ArticlePart, unknown> {
  const { links } = linksOf(item, survey);
  const keysOf = (kind: Kind) => links.filter((link) => link.kind === kind).map((link) => link.key);
  return {
    title: item.title,
    slug: item.slug,
    excerpt: item.excerpt,
    content: item.content,
    state: [item.status, item.trashedFrom, item.password !== '', item.publishedAt],
    trash: item.status === 'trash',
    created: item.createdAt,
    modified: item.modifiedAt,
    authors: item.creator,
    categories: keysOf('categoryLinks'),
    tags: tags ? keysOf('tagLinks') : undefined,
  };
}

interface Dates {
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
}

/** Rubric takes the years 100 to 9999; a row is not created, nor changed, in the time to come, as scheduled posts are. */
function datesOf(item: WxrItem, now: Date, notes: Notes): Dates {
  const usable = (date: Date | null) => (date && date.getUTCFullYear() >= 100 ? date : null);
  const past = (date: Date | null) => (date && date > now ? now : date);
  if ([item.publishedAt, item.createdAt, item.modifiedAt].some((date) => date !== null && usable(date) === null)) {
    notes.add('a date before the year 100 was ignored');
  }
  const modified = past(usable(item.modifiedAt));
  const posted = usable(item.createdAt);
  const createdAt = posted && posted <= now ? posted : (modified ?? now);
  return { createdAt, updatedAt: modified ?? createdAt, publishedAt: usable(item.publishedAt) };
}

/**
 * Null keeps an article from readers. That is the answer to whatever WordPress did not show to everybody: a password and
 * a private post are promises to their author. Published without a date, an article takes the date of its last change,
 * since that of the import would put it above all others.
 */
function publishedAtOf(item: WxrItem, dates: Dates, now: Date, notes: Notes): Date | null {
  const status = item.status === 'trash' ? (item.trashedFrom ?? 'publish') : item.status;
  // Of what is in the trash nobody need be told: it is not shown before somebody restores it.
  const tell = (reason: string) => item.status !== 'trash' && notes.add(reason, brief(item.title));
  if (status !== 'publish' && status !== 'future') {
    if (status !== 'draft') tell(`${brief(status)} in WordPress, a draft here`);
    return null;
  }
  if (item.password !== '') {
    tell('asks for a password in WordPress, a draft here');
    return null;
  }
  if (dates.publishedAt === null && item.status !== 'trash') {
    tell(
      item.modifiedAt
        ? 'published without a date, it takes that of its last change'
        : 'published without a date, a draft here',
    );
    return item.modifiedAt && dates.updatedAt;
  }
  if (dates.publishedAt && status === 'publish' && dates.publishedAt > now) tell('dated in the future, scheduled here');
  if (dates.publishedAt && status === 'future' && dates.publishedAt <= now)
    tell('scheduled for a time that has passed, published');
  return dates.publishedAt;
}

/** Those of WordPress itself; a plugin's cannot be told from words in brackets. */
const SHORTCODES = /\[(gallery|caption|wp_caption|audio|video|playlist|embed)(?=[\s\]/])/g;

function noteShortcodes(content: string, notes: Notes): void {
  const names = new Set(Array.from(content.matchAll(SHORTCODES), ([, name]) => `[${name}]`));
  if (names.size > 0) notes.add('shortcodes of WordPress stay in the text as they are', [...names].join(' '));
}

function linksOf(item: WxrItem, survey: Survey): Pick<PlannedArticle, 'links' | 'leftOut'> {
  const links = new Map<string, PlannedLink>();
  const leftOut: LeftOut[] = [];
  for (const { line, taxonomy, slug, name } of item.terms) {
    const term = termKind(taxonomy);
    const kind = linkKind(taxonomy);
    if (term === null || kind === 'otherLinks') {
      leftOut.push({
        kind,
        line,
        reason: `Rubric has nothing like the taxonomy ${brief(taxonomy)}`,
        detail: brief(name),
      });
      continue;
    }
    const key = survey.termOf(term, { slug, name });
    const earlier = links.get(key);
    if (!earlier) links.set(key, { kind, key, line });
    else
      leftOut.push({
        kind,
        line,
        reason: 'the article is filed there already',
        detail: `${brief(name)}, line ${earlier.line}`,
      });
  }
  return { links: [...links.values()], leftOut };
}
