/** The conventional prefix of each namespace that WXR uses, and a pattern for all spellings of its URI. */
const NAMESPACES: ReadonlyArray<[prefix: string, uri: RegExp]> = [
  ['wp', /^https?:\/\/(?:www\.)?wordpress\.org\/export\/\d[\d.]*\/?$/i],
  ['excerpt', /^https?:\/\/(?:www\.)?wordpress\.org\/(?:[\w.]+\/)*excerpt(?:\/[\w.]+)*\/?$/i],
  ['content', /^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/i],
  ['dc', /^https?:\/\/purl\.org\/dc\/elements\/1\.1\/?$/i],
];

/** RSS has no namespace, but some feeds give it one of these URIs. */
const RSS_URI = /^(?:|https?:\/\/backend\.userland\.com\/rss2?|https?:\/\/(?:www\.)?rssboard\.org\/.*)$/i;

const UNDECLARED_SCHEME = 'undeclared:';
const UNKNOWN_PREFIX = '?';
const MAX_CACHED = 100;
const prefixCache = new Map<string, string>();

/**
 * Returns the conventional prefix of a namespace: 'wp', 'excerpt', 'content', 'dc', '' for RSS itself, '?' for any other.
 * The URIs in exports vary: `http` or `https`, 1.0 to 1.2, with or without a trailing slash. The prefixes vary too.
 */
export function conventionalPrefix(uri: string): string {
  let prefix = prefixCache.get(uri);
  if (prefix === undefined) {
    prefix = uri.startsWith(UNDECLARED_SCHEME) ? uri.slice(UNDECLARED_SCHEME.length) : matchNamespace(uri);
    // The cache is bounded because a file can declare a new namespace for each element.
    if (prefixCache.size < MAX_CACHED && uri.length < 200) prefixCache.set(uri, prefix);
  }
  return prefix;
}

function matchNamespace(uri: string): string {
  if (RSS_URI.test(uri)) return '';
  return NAMESPACES.find(([, pattern]) => pattern.test(uri))?.[0] ?? UNKNOWN_PREFIX;
}

/** Returns a namespace for a prefix that the file does not declare: the conventional one, if the prefix is one of WXR's. */
export function undeclaredNamespace(prefix: string): string {
  if (prefix === '') return '';
  return UNDECLARED_SCHEME + (NAMESPACES.some(([known]) => known === prefix) ? prefix : UNKNOWN_PREFIX);
}
