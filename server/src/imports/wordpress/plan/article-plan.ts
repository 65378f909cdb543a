import { MAX } from '../../../database/schema/field-limits.ts';
import { hasVisibleCharacter } from '../../../http/blanks.ts';
import { addParagraphs } from '../html/paragraphs.ts';

import { toPlainText } from '../html/plain-text.ts';
import type { TermLinkKind } from '../report/kinds.ts';

import { abbreviate } from '../report/truncate.ts';
import type { WxrItem } from '../wxr/wxr-records.ts';
import { oldSlugsOf, type PlannedAddress, planPostAddresses } from './addresses.ts';
import { type PlannedLink, planAuthors, planLinks } from './article-link-plan.ts';
import { digestParts } from './digest.ts';
import { ARTICLE_SLUG_FALLBACK, type ExportIndex, type Skipped } from './export-index.ts';
import { planSlug, requiredField, truncateField, warnIfSlugChanged } from './field-values.ts';
import { Warnings } from './warnings.ts';

/** The parts of an article, in the order of its digest. */
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
  'addresses',
] as const;
export type ArticlePart = (typeof ARTICLE_PARTS)[number];

/** The article that a post becomes, as far as the file alone determines it. */
export interface PlannedArticle {
  key: string;
  line: number;
  title: string;
  slug: string;
  /** Whether another post of the file has the slug and needs no change, unlike this one. */
  isSlugReserved: boolean;
  excerpt: string | null;
  /** Computed when the article is written: a second import does not write most articles. */
  content: () => string;
  publishedAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** In file order, without duplicates. */
  links: PlannedLink[];
  /** The links that are not imported. */
  skipped: Skipped[];
  /** The keys of the authors, in order. */
  authors: string[];
  /** The ones that the post had on the site. */
  addresses: PlannedAddress[];
  digest: Buffer;
  warnings: Warnings;
}

export interface PlanOptions {
  exportIndex: ExportIndex;
  /** Separates published from scheduled posts, and replaces dates that the file does not have. */
  now: Date;
  importTags: boolean;
}

export function planArticle(item: WxrItem, key: string, { exportIndex, now, importTags }: PlanOptions): PlannedArticle {
  const warnings = new Warnings();
  const title = requiredField(item.title, MAX.title, 'title', item.slug ?? '', warnings);
  const slug = planSlug(item.slug, title, ARTICLE_SLUG_FALLBACK);
  warnIfSlugChanged(item.slug, slug, warnings);
  const dates = planDates(item, now, warnings);
  const publishedAt = planPublishedAt(item, dates, now, warnings);
  if (item.isSticky) warnings.add('sticky in WordPress; Rubric has no sticky articles', abbreviate(title));
  if (/[1-9]/.test(item.menuOrder))
    warnings.add('the menu order was left out', `${abbreviate(title)}: ${abbreviate(item.menuOrder)}`);
  warnAboutShortcodes(item.content, warnings);
  const { links, skipped } = planLinks(item, exportIndex);
  const authors = planAuthors(item, exportIndex);
  return {
    key,
    line: item.line,
    title,
    slug,
    isSlugReserved: item.status !== 'trash' && slug !== item.slug && exportIndex.keptPostSlugs.has(slug),
    excerpt: planExcerpt(item.excerpt, warnings),
    content: () => addParagraphs(item.content),
    publishedAt,
    deletedAt: item.status === 'trash' ? dates.updatedAt : null,
    createdAt: dates.createdAt,
    updatedAt: dates.updatedAt,
    links,
    skipped: [...skipped, ...authors.skipped],
    authors: authors.authors,
    addresses: planPostAddresses(item, exportIndex.site),
    digest: digestParts(partsOf(item, links, exportIndex, importTags)),
    warnings,
  };
}

function planExcerpt(html: string, warnings: Warnings): string | null {
  const text = toPlainText(html);
  return hasVisibleCharacter(text) ? truncateField(text, MAX.excerpt, 'excerpt', warnings) : null;
}

/** Links are digested by the keys of their terms, so renaming a category in WordPress does not change its articles. */
function partsOf(
  item: WxrItem,
  links: readonly PlannedLink[],
  exportIndex: ExportIndex,
  importTags: boolean,
): Record<ArticlePart, unknown> {
  const coAuthors = item.terms.filter((term) => exportIndex.authors.isCoAuthor(term));
  const keysOf = (kind: TermLinkKind) => links.filter((link) => link.kind === kind).map((link) => link.key);
  return {
    title: item.title,
    slug: item.slug,
    excerpt: item.excerpt,
    content: item.content,
    state: [item.status, item.trashedFrom, item.password !== '', item.publishedAt],
    trash: item.status === 'trash',
    created: item.createdAt,
    modified: item.modifiedAt,
    authors: coAuthors.length === 0 ? item.creator : coAuthors.map(({ slug }) => slug),
    categories: keysOf('categoryLinks'),
    tags: importTags ? keysOf('tagLinks') : undefined,
    addresses: [item.link, ...oldSlugsOf(item)],
  };
}

interface PlannedDates {
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
}

/**
 * A year before 100, such as 1 for a missing date, is a mistake of another program. Scheduled posts have future dates, but a
 * row is never created in the future.
 */
function planDates(item: WxrItem, now: Date, warnings: Warnings): PlannedDates {
  const supported = (date: Date | null) => (date && date.getUTCFullYear() >= 100 ? date : null);
  const notAfterNow = (date: Date | null) => (date && date > now ? now : date);
  if ([item.publishedAt, item.createdAt, item.modifiedAt].some((date) => date !== null && supported(date) === null)) {
    warnings.add('a date before the year 100 was ignored');
  }
  const modifiedAt = notAfterNow(supported(item.modifiedAt));
  const postDate = supported(item.createdAt);
  const createdAt = postDate && postDate <= now ? postDate : (modifiedAt ?? now);
  return { createdAt, updatedAt: modifiedAt ?? createdAt, publishedAt: supported(item.publishedAt) };
}

/**
 * Returns null for a draft. Everything that WordPress did not show to the public becomes one: authors rely on passwords
 * and on private posts. A published post without a date is published at its last change, because with the time of the
 * import it would be listed above all others.
 */
function planPublishedAt(item: WxrItem, dates: PlannedDates, now: Date, warnings: Warnings): Date | null {
  const isTrash = item.status === 'trash';
  const status = isTrash ? (item.trashedFrom ?? 'publish') : item.status;
  // No warnings for articles in the trash: they are not visible until they are restored.
  const warn = (reason: string) => !isTrash && warnings.add(reason, abbreviate(item.title));
  if (status !== 'publish' && status !== 'future') {
    if (status !== 'draft') warn(`${abbreviate(status)} in WordPress, imported as a draft`);
    return null;
  }
  if (item.password !== '') {
    warn('password-protected in WordPress, imported as a draft');
    return null;
  }
  const { publishedAt, updatedAt } = dates;
  if (publishedAt === null && !isTrash) {
    warn(
      item.modifiedAt
        ? 'published without a date; the date of the last change is used'
        : 'published without a date, imported as a draft',
    );
    return item.modifiedAt && updatedAt;
  }
  if (publishedAt && status === 'publish' && publishedAt > now)
    warn('published with a date in the future, imported as scheduled');
  if (publishedAt && status === 'future' && publishedAt <= now)
    warn('scheduled for a date in the past, imported as published');
  return publishedAt;
}

/** The shortcodes of WordPress itself. Those of plugins cannot be distinguished from words in brackets. */
const SHORTCODES = /\[(gallery|caption|wp_caption|audio|video|playlist|embed)(?=[\s\]/])/g;

function warnAboutShortcodes(content: string, warnings: Warnings): void {
  const names = new Set(Array.from(content.matchAll(SHORTCODES), ([, name]) => `[${name}]`));
  if (names.size > 0) warnings.add('WordPress shortcodes were kept as text', [...names].join(' '));
}
