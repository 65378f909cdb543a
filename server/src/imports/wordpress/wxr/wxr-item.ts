import { decodeNicename, removeTrashedSuffix } from './nicename.ts';
import type { WxrDateFields, WxrDateResolver } from './wxr-dates.ts';
import type { WxrElement } from './wxr-element.ts';
import { parseItemTerms } from './wxr-item-terms.ts';
import type { WxrItem, WxrWarningCode } from './wxr-records.ts';

/** The children of an item that are read, besides its `<category>` elements. */
export const ITEM_FIELDS: ReadonlySet<string> = new Set([
  'title',
  'link',
  'guid',
  'pubDate',
  'dc:creator',
  'content:encoded',
  'excerpt:encoded',
  'wp:post_id',
  'wp:post_date',
  'wp:post_date_gmt',
  'wp:post_modified',
  'wp:post_modified_gmt',
  'wp:post_name',
  'wp:post_type',
  'wp:post_password',
  'wp:status',
  'wp:is_sticky',
  'wp:menu_order',
  'wp:attachment_url',
]);

/** The statuses of posts that were never published. WordPress gives them a date anyway. */
const UNPUBLISHED: ReadonlySet<string> = new Set(['draft', 'pending', 'auto-draft']);

type Warn = (code: WxrWarningCode) => void;

/** Parses an `<item>`. Calls `warn` for dates that were assumed or ignored. */
export function parseItem(element: WxrElement, dates: WxrDateResolver, warn: Warn): WxrItem {
  const status = element.value('wp:status').toLowerCase() || 'draft';
  const trashedFrom = status === 'trash' ? element.metaValue('_wp_trash_meta_status') || null : null;
  return {
    kind: 'item',
    line: element.line,
    postType: element.value('wp:post_type').toLowerCase() || 'post',
    id: parseId(element.value('wp:post_id')),
    guid: element.value('guid'),
    link: element.value('link'),
    title: element.field('title').display,
    slug: parseSlug(element.value('wp:post_name'), status),
    status,
    trashedFrom,
    content: element.field('content:encoded').raw,
    excerpt: element.field('excerpt:encoded').raw,
    creator: element.field('dc:creator').display,
    ...parseDates(element, trashedFrom ?? status, dates, warn),
    terms: parseItemTerms(element),
    isSticky: element.value('wp:is_sticky') === '1',
    menuOrder: element.value('wp:menu_order'),
    password: element.value('wp:post_password'),
    commentCount: element.commentCount,
    attachmentUrl: element.value('wp:attachment_url'),
    customFields: element.meta.map(({ key, value }) => ({
      key: key.display,
      value: value && value.trimmed,
    })),
  };
}

type ItemDates = Pick<WxrItem, 'publishedAt' | 'createdAt' | 'modifiedAt'>;

function parseDates(element: WxrElement, status: string, dates: WxrDateResolver, warn: Warn): ItemDates {
  const postDate = { ...dateFields(element, 'wp:post_date'), pubDate: element.value('pubDate') };
  const modifiedDate = dateFields(element, 'wp:post_modified');
  const created = dates.resolve(postDate, modifiedDate);
  const modified = dates.resolve(modifiedDate, postDate);
  // If the trash did not record the previous status, zeros in the GMT field mean that the post was never published.
  const isUnpublished = UNPUBLISHED.has(status) || (status === 'trash' && created.certainty === 'assumed');
  for (const { certainty } of [created, modified]) if (certainty === 'unreadable') warn('unreadable_date');
  if (created.certainty === 'assumed' && !isUnpublished) warn('assumed_offset');
  return { publishedAt: isUnpublished ? null : created.date, createdAt: created.date, modifiedAt: modified.date };
}

function dateFields(element: WxrElement, name: string): WxrDateFields {
  return { gmt: element.value(`${name}_gmt`), local: element.value(name) };
}

function parseId(text: string): number | null {
  const id = /^\d+$/.test(text) ? Number(text) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : null;
}

function parseSlug(nicename: string, status: string): string | null {
  const slug = decodeNicename(status === 'trash' ? removeTrashedSuffix(nicename) : nicename);
  return slug === '' ? null : slug;
}
