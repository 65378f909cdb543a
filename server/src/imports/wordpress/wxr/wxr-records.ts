/**
 * What a WordPress export (WXR) holds, as the reader hands it over, in the file's order and before any rule of Rubric is
 * applied. Texts are decoded exactly once; strings that may be missing are '' and identities that may be missing are null.
 */
export type WxrRecord = WxrSite | WxrAuthor | WxrTerm | WxrItem | WxrWarning;

/** Always the first record, exactly once. */
export interface WxrSite {
  kind: 'site';
  /** Of `<channel>`. Lines are counted from 1 everywhere. */
  line: number;
  /** The address of the blog, else of the network it belongs to, else ''. */
  url: string;
  title: string;
  /** '1.0', '1.1' or '1.2'; another 1.x is read too, with a warning. '' where the file does not say. */
  version: string;
}

/** A `<wp:author>`. WXR 1.0 has none: there only the items' `creator` names them. */
export interface WxrAuthor {
  kind: 'author';
  line: number;
  login: string;
  /** The login where the file gives no name. */
  displayName: string;
  firstName: string;
  lastName: string;
  email: string;
}

/**
 * A `<wp:category>`, a `<wp:tag>` or a `<wp:term>`. The kind follows the taxonomy and not the element, because newer files
 * may also define categories and tags as `<wp:term>`: 'category' is taxonomy category, 'tag' is post_tag, 'term' any
 * other (nav_menu, post_format, a plugin's own). Terms may come after the items that use them, and more than once.
 */
export interface WxrTerm {
  kind: 'category' | 'tag' | 'term';
  line: number;
  taxonomy: string;
  /** The nicename, percent-decoded and otherwise as it stands; null where the file has none. */
  slug: string | null;
  /** The slug where the file gives no name. */
  name: string;
  /**
   * The parent's slug (WXR 1.1 and 1.2) or its NAME (WXR 1.0 wrote `$cats[$c->parent]->name`); null for a root. It may be
   * declared later, or nowhere. Look it up as a slug first, then as a name.
   */
  parent: string | null;
  description: string;
}

/** One `<category>` of an item: a link to a term, which need not be defined anywhere else in the file. */
export interface WxrItemTerm {
  line: number;
  taxonomy: string;
  /** Null where the file gives only a name. */
  slug: string | null;
  name: string;
}

/** An `<item>` of any post type: posts, and also pages, attachments, menu items … */
export interface WxrItem {
  kind: 'item';
  line: number;
  /** 'post' where the file is silent, as WordPress itself assumes. */
  postType: string;
  /** `wp:post_id`, unique within the site of origin. */
  id: number | null;
  guid: string;
  link: string;
  title: string;
  /** Percent-decoded; null where there is none (drafts). The mark `__trashed` that WordPress appends is taken off. */
  slug: string | null;
  /** publish, future, draft, pending, private, trash, inherit, auto-draft or a plugin's own; 'draft' where it is missing. */
  status: string;
  /** For status trash: the status before that, which tells a deleted draft from a deleted article; null if unknown. */
  trashedFrom: string | null;
  /** HTML as WordPress stores it: without its automatic paragraphs, with its shortcodes and block comments. */
  content: string;
  /** HTML too; '' where WordPress would cut one from the content. */
  excerpt: string;
  /** The author's login (WXR 1.1 and 1.2) or display name (WXR 1.0). */
  creator: string;
  /** Null when it was never published (draft, pending, auto-draft, or trashed from one of these) or has no date. */
  publishedAt: Date | null;
  /** The date of the post whatever its status; for a draft the closest thing to a date of creation that there is. */
  createdAt: Date | null;
  /** Null before WordPress 5.7, whose exports left it out. */
  modifiedAt: Date | null;
  /** In the file's order, as often as the file has them. */
  terms: WxrItemTerm[];
  isSticky: boolean;
  /** '' for everybody; anything else means that WordPress showed the text only to who knows it. */
  password: string;
  /** How many were inside; neither is kept. */
  comments: number;
  postmeta: number;
}

/** Something was cleaned or assumed. It follows the record in which it was found; `line` is that of the first of `count`. */
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
  | 'forbidden_reference'
  | 'html_entity'
  | 'unreadable_date'
  | 'assumed_offset'
  | 'unknown_version';

/** The message of each warning; "(3 times)" is added where it was not once. */
export const WARNING_TEXT: Record<WxrWarningCode, string> = {
  control_character: 'Removed a control character, which XML forbids',
  invalid_encoding: "Replaced by U+FFFD what is not text in the file's encoding",
  forbidden_reference: 'Removed a reference to a character that XML forbids',
  html_entity: 'Read an HTML entity name, which XML does not know, as HTML means it',
  unreadable_date: 'Ignored a date that cannot be read',
  assumed_offset: 'Converted a date without a GMT value by the offset of other dates in the file, or as UTC',
  unknown_version: 'Read a version of WXR that Rubric does not know as if it were 1.2',
};
