import type { Mark, Node } from 'prosemirror-model';
import { NotRich } from '../not-rich.ts';
import { schema } from '../schema.ts';
import { characterOf, decode } from './entities.ts';
import type { HtmlToken } from './scan.ts';

const { nodes, marks } = schema;
const MARKS: Record<string, string> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  u: 'underline',
  sub: 'subscript',
  sup: 'superscript',
  code: 'code',
};
const OTHERS = new Set('abbr big bdi bdo cite data dfn font ins kbd mark q samp small span time tt var'.split(' '));

/** @throws NotRich */
export function markOf({ name, tag, raw }: HtmlToken, open: readonly Mark[]): Mark {
  const type = MARKS[name];
  if (name === 'a') {
    const title = attribute(raw, 'title') ?? '';
    return marks.link.create({ href: attribute(raw, 'href') ?? '', title, raw: { source: raw, tag } });
  }
  if (type) {
    if (open.some((mark) => mark.type.name === type)) throw new NotRich('twice');
    return schema.mark(type, { tag, raw });
  }
  if (OTHERS.has(name)) return marks.other.create({ tag, raw });
  throw new NotRich(name);
}

export const imageOf = ({ raw, source }: HtmlToken) => ({
  src: attribute(raw, 'src') ?? '',
  alt: attribute(raw, 'alt') ?? '',
  title: attribute(raw, 'title') ?? '',
  raw: source,
});

function attribute(raw: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(raw);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? undefined : decode(value);
}

const PARTS = /&(?:#\w+|\w+);|[^\S\n]*\n\s*|[&<>]|[^&<>\n]+?(?=[&<>]|[^\S\n]*\n|$)/g;
const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text of the source. Characters that are spelled in another way than the writer's keep their spelling as a mark. */
export function textNodes(source: string, open: readonly Mark[], breaks: boolean): Node[] {
  const out: Node[] = [];
  for (const [part] of source.matchAll(PARTS)) {
    const char = part.length > 1 && part.startsWith('&') ? characterOf(part) : part;
    if (char === undefined) throw new NotRich(part);
    const isWritten = ESCAPED[char] === undefined ? char === part : ESCAPED[char] === part;
    if (breaks && part.includes('\n')) out.push(nodes.soft_break.create({ raw: part }, null, open));
    else if (isWritten) out.push(schema.text(char, open));
    else out.push(schema.text(char, marks.spelling.create({ char, raw: part }).addToSet(open)));
  }
  return out;
}
