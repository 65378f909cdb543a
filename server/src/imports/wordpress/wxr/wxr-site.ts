import type { SaxesAttributeNS } from 'saxes';
import type { WxrElement } from './wxr-element.ts';
import { WxrError } from './wxr-error.ts';
import type { WxrSite } from './wxr-records.ts';
import { truncateName } from './xml-errors.ts';

/** The children of the channel that describe the site. */
export const SITE_FIELDS: ReadonlySet<string> = new Set([
  'title',
  'link',
  'wp:wxr_version',
  'wp:base_site_url',
  'wp:base_blog_url',
]);

const KNOWN_VERSIONS: ReadonlySet<string> = new Set(['', '1.0', '1.1', '1.2']);

/**
 * Returns the WXR version in the namespace URIs of the root element, or ''.
 *
 * @throws WxrError unless the root element is `<rss>`
 */
export function rootVersion(name: string, attributes: Record<string, SaxesAttributeNS>, line: number): string {
  if (name !== 'rss') {
    const root = truncateName(name.replace('?:', ''));
    throw new WxrError(`The file is not a WordPress export: its root element is <${root}>, not <rss>.`, line);
  }
  for (const { value } of Object.values(attributes)) {
    const version = /wordpress\.org\/export\/(\d+(?:\.\d+)*)/i.exec(value)?.[1];
    if (version !== undefined) return version;
  }
  return '';
}

/**
 * Parses the fields of the channel that describe the site.
 *
 * @throws WxrError if the file is an ordinary RSS feed, or its major version of WXR is not 1
 */
export function parseSite(channel: WxrElement, namespaceVersion: string, hasWordPressElements: boolean): WxrSite {
  if (!hasWordPressElements) {
    const message =
      'The file is an RSS feed, not a WordPress export: it has no elements in the namespace wordpress.org/export.';
    throw new WxrError(message, channel.line);
  }
  const version = channel.value('wp:wxr_version') || namespaceVersion;
  if (!/^(?:1(?:\.\d+)*)?$/.test(version)) {
    const message = `The file uses WXR ${truncateName(version)}. Rubric supports WXR 1.0, 1.1 and 1.2.`;
    throw new WxrError(message, channel.line);
  }
  const url = channel.value('wp:base_blog_url') || channel.value('link') || channel.value('wp:base_site_url');
  return { kind: 'site', line: channel.line, url, title: channel.field('title').display, version };
}

/** Returns false for a version 1.x that did not exist when this was written. */
export function isKnownVersion(version: string): boolean {
  return KNOWN_VERSIONS.has(version);
}
