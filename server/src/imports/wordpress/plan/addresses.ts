import { fitsPath, normalizePath } from '../../../redirects/redirect-path.ts';
import { removeTrashedSuffix } from '../wxr/nicename.ts';
import type { WxrItem, WxrSite } from '../wxr/wxr-records.ts';

/** An address that the site had for an object of the file. */
export interface PlannedAddress {
  line: number;
  /** As the report shows it. */
  text: string;
  /** In the form of redirects; null if Rubric cannot have it. */
  path: string | null;
  /** Why not. */
  problem?: string;
}

/** A custom field with a slug that a post had before. WordPress redirects from it. */
export const OLD_SLUG_FIELD = '_wp_old_slug';

/** The slugs that a post had before. They count as addresses, not as custom fields. */
export const oldSlugsOf = ({ customFields }: WxrItem): string[] =>
  customFields.flatMap(({ key, value }) => (key === OLD_SLUG_FIELD && value ? [value] : []));

/** The query of addresses by id: those of drafts, and all of a site with plain permalinks. */
const ID_QUERY = /\?(?:[^#]*&)?(?:p|page_id)=\d/;

/** The address of a post, and those under its old slugs: the same path with another last segment. */
export function planPostAddresses(item: WxrItem, site: WxrSite): PlannedAddress[] {
  const { line, link, slug, status } = item;
  const permalink = status === 'trash' ? withoutTrashedSuffix(link) : link;
  const own = link === '' ? [] : [planOwnAddress(permalink, item, site)];
  const parent = parentPath(normalizePath(permalink), slug);
  return [...own, ...oldSlugsOf(item).map((oldSlug) => planOldAddress(parent, oldSlug, line))];
}

/** `/blog/?p=12` of a draft has the path of the whole site, which must not lead to one post. */
function planOwnAddress(permalink: string, { line, link }: WxrItem, site: WxrSite): PlannedAddress {
  const address = planAddress(permalink, line, link);
  if (ID_QUERY.test(link)) return { ...address, path: null, problem: 'has no path of its own, only a query' };
  const isSite = address.path !== null && address.path === normalizePath(site.url);
  return isSite ? { ...address, path: null, problem: 'is the address of the site' } : address;
}

function planOldAddress(
  parent: { path: string; suffix: string } | null,
  oldSlug: string,
  line: number,
): PlannedAddress {
  if (parent) return planAddress(`${parent.path}/${oldSlug}${parent.suffix}`, line);
  return { line, text: oldSlug, path: null, problem: 'the address of the post does not end in its slug' };
}

/** `/category/a/b`, `/tag/x` or `/author/y`, the bases that WordPress uses unless the site changed them. */
export const planBaseAddress = (
  site: WxrSite,
  base: 'category' | 'tag' | 'author',
  slugs: readonly string[],
  line: number,
) => planAddress(`${URL.parse(site.url)?.pathname ?? ''}/${base}/${slugs.join('/')}`, line);

function planAddress(address: string, line: number, text?: string): PlannedAddress {
  const path = normalizePath(address);
  const shown = text ?? path ?? address;
  if (path === null) return { line, text: shown, path, problem: 'is not an address' };
  if (path === '/') return { line, text: shown, path: null, problem: 'has no path of its own, only a query' };
  if (!fitsPath(path)) return { line, text: shown, path: null, problem: 'is too long' };
  return { line, text: shown, path };
}

const withoutTrashedSuffix = (link: string) => link.replace(/[^/]+(?=\/*$)/, removeTrashedSuffix);

/** Splits a path that ends in the slug of its post, or in the slug and a suffix such as `.html`. */
function parentPath(path: string | null, slug: string | null): { path: string; suffix: string } | null {
  const last = (path ?? '').lastIndexOf('/');
  const segment = path?.slice(last + 1) ?? '';
  const own = normalizePath(`/${slug ?? ''}`)?.slice(1) ?? '';
  if (path === null || own === '' || !segment.startsWith(own)) return null;
  const suffix = segment.slice(own.length);
  return suffix === '' || suffix.startsWith('.') ? { path: path.slice(0, last), suffix } : null;
}

/** The address has the login. Files of WXR 1.0 have names only, and posts can name authors that the file does not declare. */
export const hasAuthorAddress = ({ isDeclared, login }: { isDeclared: boolean; login: string }) =>
  isDeclared && nicenameOf(login) !== '';

/** The part of an address that WordPress makes from a login (`sanitize_title`). */
export const nicenameOf = (login: string) =>
  login
    .normalize('NFD')
    .toLowerCase()
    .replace(/[.\s]+/g, '-')
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
