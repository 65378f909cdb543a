/** Customary prefix of each namespace that WXR uses, and how its address is recognised in all its spellings. */
const FAMILIES: ReadonlyArray<[prefix: string, address: RegExp]> = [
  ['wp', /^https?:\/\/(?:www\.)?wordpress\.org\/export\/\d[\d.]*\/?$/i],
  ['excerpt', /^https?:\/\/(?:www\.)?wordpress\.org\/(?:[\w.]+\/)*excerpt(?:\/[\w.]+)*\/?$/i],
  ['content', /^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/i],
  ['dc', /^https?:\/\/purl\.org\/dc\/elements\/1\.1\/?$/i],
];

/** Where RSS itself lives: nowhere, or at an address that some feeds give it. */
const RSS = /^(?:|https?:\/\/backend\.userland\.com\/rss2?|https?:\/\/(?:www\.)?rssboard\.org\/.*)$/i;

const UNBOUND = 'unbound:';
const OTHER = '?';
const MAX_KNOWN = 100;
const known = new Map<string, string>();

/**
 * The customary prefix of a namespace: 'wp', 'excerpt', 'content', 'dc', '' for RSS itself, '?' for any other. Exports
 * say `http` or `https`, 1.0 to 1.2, with and without the last slash, and may bind what prefix they like.
 */
export function familyOf(uri: string): string {
  let family = known.get(uri);
  if (family === undefined) {
    family = uri.startsWith(UNBOUND) ? uri.slice(UNBOUND.length) : recognise(uri);
    // A file could invent a namespace per element; the memory of them must not grow with it.
    if (known.size < MAX_KNOWN && uri.length < 200) known.set(uri, family);
  }
  return family;
}

function recognise(uri: string): string {
  if (RSS.test(uri)) return '';
  return FAMILIES.find(([, address]) => address.test(uri))?.[0] ?? OTHER;
}

/** The namespace of a prefix that the file binds to nothing: what everybody means by it, if it is one of WXR's. */
export function customaryUri(prefix: string): string {
  if (prefix === '') return '';
  return UNBOUND + (FAMILIES.some(([customary]) => customary === prefix) ? prefix : OTHER);
}
