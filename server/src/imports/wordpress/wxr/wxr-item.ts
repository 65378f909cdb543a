import { decodeNicename, withoutTrashMark } from './nicename.ts';
import type { WxrDate, WxrDates } from './wxr-dates.ts';
import { itemTermsOf } from './wxr-definitions.ts';
import type { WxrFields } from './wxr-element.ts';
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
]);

/** Statuses of what nobody has published yet; WordPress gives such a post a date all the same. */
const UNPUBLISHED: ReadonlySet<string> = new Set(['draft', 'pending', 'auto-draft']);

/** An `<item>` as a record; `warn` hears of dates that were assumed or ignored. */
export function itemOf(fields: WxrFields, dates: WxrDates, warn: (code: WxrWarningCode) => void): WxrItem {
  const status = fields.plain('wp:status') || 'draft';
  const trashedFrom = status === 'trash' ? fields.trashedFrom?.plain || null : null;
  return {
    kind: 'item',
    line: fields.line,
    postType: fields.plain('wp:post_type') || 'post',
    id: idOf(fields.plain('wp:post_id')),
    guid: fields.plain('guid'),
    link: fields.plain('link'),
    title: fields.get('title').display,
    slug: slugOf(fields.plain('wp:post_name'), status),
    status,
    trashedFrom,
    content: fields.get('content:encoded').markup,
    excerpt: fields.get('excerpt:encoded').markup,
    creator: fields.get('dc:creator').display,
    ...datesOf(fields, trashedFrom ?? status, dates, warn),
    terms: itemTermsOf(fields),
    isSticky: fields.plain('wp:is_sticky') === '1',
    password: fields.plain('wp:post_password'),
    comments: fields.comments,
    postmeta: fields.postmeta,
  };
}

type ItemDates = Pick<WxrItem, 'publishedAt' | 'createdAt' | 'modifiedAt'>;

function datesOf(fields: WxrFields, status: string, dates: WxrDates, warn: (code: WxrWarningCode) => void): ItemDates {
  const post = { ...dateOf(fields, 'wp:post_date'), pubDate: fields.plain('pubDate') };
  const change = dateOf(fields, 'wp:post_modified');
  const created = dates.read(post, change);
  const modified = dates.read(change, post);
  // The trash forgets what it took; without a note of it, zeros in the GMT field tell what was never published.
  const isUnpublished = UNPUBLISHED.has(status) || (status === 'trash' && created.how === 'assumed');
  for (const { how } of [created, modified]) if (how === 'unreadable') warn('unreadable_date');
  if (created.how === 'assumed' && !isUnpublished) warn('assumed_offset');
  return { publishedAt: isUnpublished ? null : created.at, createdAt: created.at, modifiedAt: modified.at };
}

function dateOf(fields: WxrFields, name: string): WxrDate {
  return { gmt: fields.plain(`${name}_gmt`), local: fields.plain(name) };
}

function idOf(text: string): number | null {
  const id = /^\d+$/.test(text) ? Number(text) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : null;
}

function slugOf(nicename: string, status: string): string | null {
  const slug = decodeNicename(status === 'trash' ? withoutTrashMark(nicename) : nicename);
  return slug === '' ? null : slug;
}
