import { SaxesParser } from 'saxes';

/** A post of an export, as the file has it. */
export interface ExportedPost {
  id: string;
  guid: string;
  title: string;
  slug: string;
  status: string;
  isProtected: boolean;
  /** Login, or name in WXR 1.0. With co-authors: theirs. */
  authors: string[];
  content: string;
  excerpt: string;
  /** `2024-06-05 16:04:48` in GMT, or something else if the file does not have that. */
  date: string;
  modified: string;
  /** The categories and tags, as `category:slug:news`, in order and without duplicates. */
  links: string[];
}

export interface ExportedTerm {
  name: string;
  slug: string;
  /** The slug of the parent, in WXR 1.0 its name; '' for none. */
  parent: string;
  description: string;
}

export interface Export {
  language: string;
  posts: ExportedPost[];
  /** By key, declared or only linked. */
  terms: Map<string, ExportedTerm>;
}

interface Element {
  name: string;
  /** The characters of the file. */
  raw: string;
  /** What people read: entities in CDATA are those of HTML. */
  display: string;
  attributes: Record<string, string>;
  children: Element[];
}

const KINDS: Record<string, string> = { category: 'category', '': 'category', post_tag: 'tag', tag: 'tag' };

/**
 * Reads a WordPress export for scripts/compare-import.ts: the whole file as a tree, without any code of the import. What
 * two readers that know nothing of each other read alike is probably right.
 */
export function readExport(bytes: Uint8Array): Export {
  const [rss] = parseOrRepair(decode(bytes)).children;
  const channel = rss?.children.find(({ name }) => name === 'channel');
  if (!channel) throw new Error('The file has no <channel>.');
  const terms = new Map<string, ExportedTerm>();
  for (const [key, term] of channel.children.flatMap(declaredTerm)) if (!terms.has(key)) terms.set(key, term);
  const items = channel.children.filter(
    (item) => item.name === 'item' && (value(item, 'wp:post_type').toLowerCase() || 'post') === 'post',
  );
  const isByline = bylinesOf(items);
  const posts = items.map((item) => postOf(item, terms, isByline));
  return { language: value(channel, 'language'), posts, terms };
}

/** Bytes that are not UTF-8 are Windows-1252, as for browsers. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Texts that end twice are read as WordPress's importer does: up to the last end before the closing tag. */
function parseOrRepair(text: string): Element {
  try {
    return parse(repair(text));
  } catch {
    const nested = /(<([\w:]+)(?:\s[^<>]*)?>\s*<!\[CDATA\[)([\s\S]*?)(?=\]\]>\s*<\/\2\s*>)/g;
    const escaped = text.replace(
      nested,
      (_, start, __, inner) => start + inner.replaceAll(ESCAPED_END, ']]>').replaceAll(']]>', ESCAPED_END),
    );
    return parse(repair(escaped));
  }
}

const ESCAPED_END = ']]]]><![CDATA[>';

/** Makes well-formed XML of what exports in the wild look like. */
function repair(text: string): string {
  const start = Math.max(text.search(/<rss[\s>]/), 0);
  const end = text.lastIndexOf('</rss>');
  const document = text.slice(start, end < 0 ? undefined : end + '</rss>'.length);
  const parts = document
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/);
  // Blanks between a tag and a CDATA section are indentation.
  const betweenTags = (part: string) =>
    part
      .replace(/&(?!#?\w+;)/g, '&amp;')
      .replace(/^\s+(?=<)/, '')
      .replace(/>\s+$/, '>');
  return parts.map((part, index) => (index % 2 === 1 ? part : betweenTags(part))).join('');
}

function parse(xml: string): Element {
  const newElement = (name: string, attributes = {}): Element => ({
    name,
    raw: '',
    display: '',
    attributes,
    children: [],
  });
  const document = newElement('');
  const open = [document];
  const parser = new SaxesParser();
  Object.assign(parser.ENTITIES, ENTITIES);
  parser.on('opentag', ({ name, attributes }) => {
    const element = newElement(name, attributes);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const add = (text: string, display: string) => {
    const element = open.at(-1);
    if (element) [element.raw, element.display] = [element.raw + text, element.display + display];
  };
  parser.on('text', (text) => add(text, text));
  parser.on('cdata', (text) => add(text, decodeEntities(text)));
  parser.write(xml).close();
  return document;
}

const ENTITIES: Record<string, string> = {
  nbsp: '\u00a0',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  euro: '€',
  copy: '©',
}; // prettier-ignore
const XML_ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal, hex, name) => {
    if (name) return XML_ENTITIES[name] ?? ENTITIES[name] ?? entity;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

const child = (element: Element, name: string) =>
  element.children.find((each) => each.name === name && each.raw.trim() !== '');
const value = (element: Element, name: string) => child(element, name)?.raw.trim() ?? '';
const display = (element: Element, name: string) => oneLine(child(element, name)?.display ?? '');
const oneLine = (text: string) => text.replace(/[ \t]*[\r\n]+[ \t\r\n]*/g, ' ').trim();

/** WordPress encodes nicenames and cuts them, sometimes inside a character, which then stays encoded. */
function decodeNicename(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    for (let end = run.length; end > 0; end -= 3) {
      try {
        return decodeURIComponent(run.slice(0, end)) + run.slice(end);
      } catch {}
    }
    return run;
  });
}

/** Some tools write a name where the slug belongs. */
function slugOf(nicename: string): string {
  const slug = decodeNicename(nicename);
  if (!/\s/.test(slug)) return slug;
  const words = slug.toLowerCase().match(/[\p{L}\p{M}\p{N}_%]+|[./\s-]+/gu) ?? [];
  return words
    .map((word) => (/^[./\s-]/.test(word) ? '-' : word))
    .join('')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, ''); // prettier-ignore
}

function declaredTerm(element: Element): [string, ExportedTerm][] {
  const [taxonomy, prefix, nameField] =
    {
      'wp:category': ['category', 'category', 'cat_name'],
      'wp:tag': ['tag', 'tag', 'tag_name'],
      'wp:term': ['', 'term', 'term_name'],
    }[element.name] ?? [];
  if (taxonomy === undefined || prefix === undefined) return [];
  const kind = KINDS[taxonomy || value(element, 'wp:term_taxonomy') || '-'];
  const slug = slugOf(value(element, `wp:${prefix}_nicename`) || value(element, `wp:${prefix}_slug`));
  const name = display(element, `wp:${nameField}`) || slug;
  if (!kind || name === '') return [];
  const parent = decodeNicename(display(element, `wp:${prefix}_parent`));
  return [[keyOf(kind, slug, name), { name, slug, parent, description: display(element, `wp:${prefix}_description`) }]];
}

const keyOf = (kind: string, slug: string, name: string) =>
  slug ? `${kind}:slug:${slug.toLowerCase()}` : `${kind}:name:${name}`;

/** Some plugins have authors as terms without a prefix; a post of its creator shows that these are no authors of books. */
function bylinesOf(items: Element[]): (category: Element) => boolean {
  const nicename = (category: Element) => (category.attributes['nicename'] ?? '').trim().toLowerCase();
  const isAuthor = (category: Element) => category.attributes['domain'] === 'author' && nicename(category) !== '';
  const hasOwn = items.some((item) =>
    item.children
      .filter((each) => each.name === 'category' && isAuthor(each))
      .some((each) => nicename(each) === display(item, 'dc:creator').toLowerCase()),
  );
  return (category) => isAuthor(category) && (hasOwn || nicename(category).startsWith('cap-'));
}

function postOf(
  item: Element,
  terms: Map<string, ExportedTerm>,
  isByline: (category: Element) => boolean,
): ExportedPost {
  const links = new Set<string>();
  const authors: string[] = [];
  const categories = item.children.filter(({ name }) => name === 'category');
  const kindOf = ({ attributes }: Element) => KINDS[attributes['domain']?.trim().toLowerCase() ?? ''];
  for (const element of categories) {
    const { attributes, display: text } = element;
    const slug = slugOf(attributes['nicename']?.trim() ?? '');
    const name = oneLine(text) || slug;
    if (isByline(element)) authors.push(name);
    const kind = kindOf(element);
    if (!kind || name === '') continue;
    // WXR 1.0 has each category twice, the first time without its slug.
    const isTwin = (other: Element) =>
      other.attributes['nicename'] && kindOf(other) === kind && oneLine(other.display) === name;
    if (slug === '' && categories.some(isTwin)) continue;
    const named = [...terms].find(
      ([key, term]) => key.startsWith(`${kind}:`) && term.name.toLowerCase() === name.toLowerCase(),
    );
    const key = slug === '' && named ? named[0] : keyOf(kind, slug, name);
    links.add(key);
    const term = terms.get(key) ?? { name, slug, parent: '', description: '' };
    terms.set(key, term.name === term.slug ? { ...term, name } : term);
  }
  return {
    id: value(item, 'wp:post_id'),
    guid: value(item, 'guid'),
    title: display(item, 'title'),
    slug: decodeNicename(value(item, 'wp:post_name')),
    status: value(item, 'wp:status').toLowerCase() || 'draft',
    isProtected: value(item, 'wp:post_password') !== '',
    authors: authors.length > 0 ? authors : [display(item, 'dc:creator')].filter(Boolean),
    content: child(item, 'content:encoded')?.raw ?? '',
    excerpt: child(item, 'excerpt:encoded')?.raw ?? '',
    date: value(item, 'wp:post_date_gmt'),
    modified: value(item, 'wp:post_modified_gmt'),
    links: [...links],
  };
}
