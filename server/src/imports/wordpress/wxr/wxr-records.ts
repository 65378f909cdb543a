/**
 * The records of a WordPress export (WXR), in file order and before any rule of Rubric is applied. Texts are decoded
 * exactly once. Missing texts are '', missing ids and slugs are null.
 */
export type WxrRecord = WxrSite | WxrAuthor | WxrTerm | WxrItem | WxrWarning;

/** Always the first record, exactly once. */
export interface WxrSite {
  kind: 'site';
  /** The line of `<channel>`. All lines are 1-based. */
  line: number;
  /** The URL of the blog, else of its network, else ''. */
  url: string;
  title: string;
  /** '1.0', '1.1' or '1.2'. Another 1.x is accepted with a warning. '' if the file has no version. */
  version: string;
}

/** A `<wp:author>`. WXR 1.0 has none; its authors appear only as the `creator` of items. */
export interface WxrAuthor {
  kind: 'author';
  line: number;
  login: string;
  /** The display name, else first and last name, else the login. */
  name: string;
  email: string;
}

/**
 * A `<wp:category>`, `<wp:tag>` or `<wp:term>`. The kind depends on the taxonomy, not on the element, because newer files
 * can define categories and tags as `<wp:term>` too: 'category' for the taxonomy category, 'tag' for post_tag, 'term' for
 * any other (nav_menu, post_format, taxonomies of plugins). Terms can follow the items that use them, and can repeat.
 */
export interface WxrTerm {
  kind: 'category' | 'tag' | 'term';
  line: number;
  taxonomy: string;
  /** '' if the file has none. */
  id: string;
  /** The percent-decoded nicename; null if the file has none. */
  slug: string | null;
  /** '' if the file has none, as those of one version of WP-CLI. The links of posts have it then. */
  name: string;
  /**
   * The parent's slug (WXR 1.1 and 1.2), its NAME (WXR 1.0 wrote `$cats[$c->parent]->name`) or its id (other tools, with 0
   * for none); null for a root. The parent can be declared later in the file or not at all. Look it up in this order.
   */
  parent: string | null;
  description: string;
  /** The keys of its metadata, in file order. */
  metaKeys: string[];
}

/** A `<category>` of an item: a link to a term, which the file does not necessarily define. */
export interface WxrItemTerm {
  line: number;
  taxonomy: string;
  /** Null if the file has only a name. */
  slug: string | null;
  name: string;
}

/** An `<item>` of any post type: post, page, attachment, menu item … */
export interface WxrItem {
  kind: 'item';
  line: number;
  /** 'post' if absent, as in WordPress. */
  postType: string;
  /** `wp:post_id`, unique within the WordPress site. */
  id: number | null;
  guid: string;
  /** The address of the item on the site. */
  link: string;
  title: string;
  /** Percent-decoded, without the suffix `__trashed` that WordPress appends; null if absent (drafts). */
  slug: string | null;
  /** publish, future, draft, pending, private, trash, inherit, auto-draft or one of a plugin; 'draft' if absent. */
  status: string;
  /** For status trash: the previous status, which distinguishes a draft from a published post; null if unknown. */
  trashedFrom: string | null;
  /** HTML as WordPress stores it: without automatic paragraphs, with shortcodes and block comments. */
  content: string;
  /** HTML; '' if WordPress would generate one from the content. */
  excerpt: string;
  /** The author's login (WXR 1.1 and 1.2) or display name (WXR 1.0). */
  creator: string;
  /** Null if the post was never published (draft, pending, auto-draft, or trashed from one of these) or has no date. */
  publishedAt: Date | null;
  /** The date of the post, whatever its status. WordPress has no creation date; for a draft this is the closest. */
  createdAt: Date | null;
  /** Null in exports of WordPress before 5.7. */
  modifiedAt: Date | null;
  /** In file order, duplicates included. */
  terms: WxrItemTerm[];
  isSticky: boolean;
  /** A number that themes can sort by; '' or '0' if it has none. */
  menuOrder: string;
  /** '' for posts without a password. WordPress shows the content of others only to readers who enter it. */
  password: string;
  commentCount: number;
  /** The address of the file of an attachment, else ''. */
  attachmentUrl: string;
  /** In file order. `value` is null except for a few keys of WordPress itself. */
  customFields: { key: string; value: string | null }[];
}

/** Something was replaced, ignored or assumed. Follows the record it belongs to; `line` is that of the first occurrence. */
export interface WxrWarning {
  kind: 'warning';
  line: number;
  code: WxrWarningCode;
  message: string;
  count: number;
}

export type WxrWarningCode =
  | 'control_character'
  | 'invalid_encoding'
  | 'windows_1252'
  | 'windows_1252_reference'
  | 'text_before_xml'
  | 'content_after_end'
  | 'bare_ampersand'
  | 'nested_cdata'
  | 'stray_cdata_end'
  | 'unescaped_markup'
  | 'forbidden_reference'
  | 'html_entity'
  | 'unreadable_date'
  | 'assumed_offset'
  | 'unknown_version';

/** The message of each warning. For more than one occurrence, "(3 times)" is appended. */
export const WARNING_MESSAGES: Record<WxrWarningCode, string> = {
  control_character: 'Removed a control character that XML forbids',
  invalid_encoding: "Replaced bytes that are invalid in the file's encoding with U+FFFD",
  windows_1252: 'Read bytes that are not UTF-8 as Windows-1252',
  windows_1252_reference: 'Read a reference from &#128; to &#159; as Windows-1252',
  text_before_xml: 'Ignored text before the export',
  content_after_end: 'Ignored text after </rss>',
  bare_ampersand: 'Read an & that does not start an entity as text',
  nested_cdata: 'Read a CDATA section inside of a CDATA section as text',
  stray_cdata_end: 'Read a ]]> outside of a CDATA section as text',
  unescaped_markup: 'Left out tags inside of a text, which were not escaped, and kept their text',
  forbidden_reference: 'Removed a reference to a character that XML forbids',
  html_entity: 'Decoded an HTML entity name that XML does not define',
  unreadable_date: 'Ignored an unreadable date',
  assumed_offset: 'Converted a date without a GMT value using the UTC offset of other dates in the file, or as UTC',
  unknown_version: 'Read an unknown version of WXR as version 1.2',
};
