import type { SaxesAttributeNS } from 'saxes';
import type { WxrFields } from './wxr-element.ts';
import { WxrError } from './wxr-error.ts';
import type { WxrSite } from './wxr-records.ts';
import { shown } from './xml-errors.ts';

/** The children of the channel that say which site this is. */
export const SITE_FIELDS: ReadonlySet<string> = new Set([
  'title',
  'link',
  'wp:wxr_version',
  'wp:base_site_url',
  'wp:base_blog_url',
]);

const KNOWN_VERSIONS: ReadonlySet<string> = new Set(['', '1.0', '1.1', '1.2']);

/** Throws WxrError unless the outermost element is RSS's. Returns the version of WXR that its namespaces name, or ''. */
export function versionOfRoot(name: string, attributes: Record<string, SaxesAttributeNS>, line: number): string {
  if (name !== 'rss') {
    const root = shown(name.replace('?:', ''));
    const sentence = `The file is not a WordPress export: its outermost element is <${root}>, and not <rss>.`;
    throw new WxrError(sentence, line);
  }
  for (const { value } of Object.values(attributes)) {
    const version = /wordpress\.org\/export\/(\d+(?:\.\d+)*)/i.exec(value)?.[1];
    if (version !== undefined) return version;
  }
  return '';
}

/** The site's record. Throws WxrError if this is an RSS feed of another kind, or a WXR of another generation. */
export function siteOf(fields: WxrFields, namespaceVersion: string, usesWordPress: boolean): WxrSite {
  if (!usesWordPress) {
    const sentence = 'The file is an RSS feed, not a WordPress export: it has nothing from wordpress.org/export.';
    throw new WxrError(sentence, fields.line);
  }
  const version = fields.plain('wp:wxr_version') || namespaceVersion;
  if (!/^(?:1(?:\.\d+)*)?$/.test(version)) {
    throw new WxrError(`The export is of version ${shown(version)}; Rubric reads WXR 1.0, 1.1 and 1.2.`, fields.line);
  }
  const url = fields.plain('wp:base_blog_url') || fields.plain('link') || fields.plain('wp:base_site_url');
  return { kind: 'site', line: fields.line, url, title: fields.get('title').display, version };
}

/** Whether the format's description covers that version. */
export function isKnownVersion(version: string): boolean {
  return KNOWN_VERSIONS.has(version);
}
