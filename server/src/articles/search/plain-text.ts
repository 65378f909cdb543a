const TAG = /<[!/a-zA-Z][^<>]*>/g;
const ENTITY = /&(#[xX]?[0-9a-fA-F]+|[a-zA-Z]+);/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
/** Links and images of Markdown, whose text is kept. Brackets inside are not matched: that would take quadratic time. */
const MARKDOWN_LINK = /!?\[([^[\]]*)\]\([^()]*\)/g;
const MARKDOWN_SIGN =
  /^ {0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])(?=\s)|\*{1,3}|~~|`{1,3}|(?<![\p{L}\p{N}])_{1,2}|_{1,2}(?![\p{L}\p{N}])/gmu;

function decodeEntity(entity: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name] ?? entity;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : ' ';
}

/** Returns approximately the text that a reader sees, on one line. It is plain text, not HTML: it can contain `<`. */
export function plainText(content: string, format: 'markdown' | 'html'): string {
  const text = format === 'markdown' ? content.replace(MARKDOWN_LINK, '$1').replace(MARKDOWN_SIGN, '') : content;
  return text.replace(TAG, ' ').replace(ENTITY, decodeEntity).replace(/\s+/g, ' ').trim();
}
