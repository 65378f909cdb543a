import type { WxrItem, WxrItemTerm } from '../wxr/wxr-records.ts';

/** The kinds of objects and links in an export, in the order of the import report. */
export const KINDS = [
  'authors',
  'categories',
  'tags',
  'otherTerms',
  'termMeta',
  'posts',
  'categoryLinks',
  'tagLinks',
  'otherLinks',
  'authorLinks',
  'addresses',
  'pages',
  'attachments',
  'menuItems',
  'otherItems',
  'comments',
  'customFields',
] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds of terms that are imported, as categories of Rubric. */
export type TermKind = 'categories' | 'tags';
export type TermLinkKind = 'categoryLinks' | 'tagLinks';

export function itemKind({ postType }: WxrItem): Kind {
  if (postType === 'post') return 'posts';
  if (postType === 'page') return 'pages';
  if (postType === 'attachment') return 'attachments';
  return postType === 'nav_menu_item' ? 'menuItems' : 'otherItems';
}

/** Returns null for a taxonomy that is not imported. */
export function termKind(taxonomy: string): TermKind | null {
  if (taxonomy === 'category') return 'categories';
  return taxonomy === 'post_tag' ? 'tags' : null;
}

export type LinkKind = TermLinkKind | 'otherLinks' | 'authorLinks';

/** Returns the kind of the link from an item to a term that is no co-author. */
export function linkKind({ taxonomy }: Pick<WxrItemTerm, 'taxonomy'>): LinkKind {
  const kind = termKind(taxonomy);
  if (kind === null) return 'otherLinks';
  return kind === 'categories' ? 'categoryLinks' : 'tagLinks';
}
