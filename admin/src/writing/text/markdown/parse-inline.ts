import type { Token } from 'markdown-it';
import { Mark, type Node } from 'prosemirror-model';
import { NotRich } from '../not-rich.ts';
import { schema } from '../schema.ts';

const { marks, nodes } = schema;

/** Makes the children of a paragraph of the tokens of a line. `source` is that of the block. */
export function inlineNodes(tokens: readonly Token[], source: string): Node[] {
  const out: Node[] = [];
  const hardBreak = / {2,}\n|\\\n/.exec(source)?.[0] ?? '';
  let open: readonly Mark[] = Mark.none;
  const leave = (name: string) => {
    open = open.filter((mark) => mark.type.name !== name);
  };
  const enter = (mark: Mark) => {
    if (open.some(({ type }) => type === mark.type)) throw new NotRich(mark.type.name);
    open = mark.addToSet(open);
  };
  const leaf = (node: Node) => out.push(node.mark(open));
  for (const token of tokens) {
    const { type, content, markup } = token;
    if (type === 'text') {
      if (content !== '') out.push(schema.text(content, open));
    } else if (type === 'text_special') out.push(specialText(token, open));
    else if (type === 'softbreak') leaf(nodes.soft_break.create());
    else if (type === 'hardbreak') leaf(nodes.hard_break.create({ raw: hardBreak }));
    else if (type === 'code_inline') {
      out.push(schema.text(content, marks.code.create({ ticks: markup }).addToSet(open)));
    } else if (type === 'em_open') enter(marks.em.create({ tag: markup }));
    else if (type === 'strong_open') enter(marks.strong.create({ tag: markup }));
    else if (type === 's_open') enter(marks.strike.create({ tag: markup }));
    else if (type === 'link_open') {
      const raw = markup === 'autolink' ? 'autolink' : token.meta;
      enter(marks.link.create({ href: token.attrGet('href') ?? '', title: token.attrGet('title') ?? '', raw }));
    } else if (CLOSING[type]) leave(CLOSING[type]);
    else if (type === 'image') leaf(imageOf(token));
    else if (type === 'footnote_ref') leaf(nodes.footnote.create({ label: token.meta?.['label'] }));
    else if (type === 'html_inline') leaf(nodes.raw_inline.create({ source: content }));
    else throw new NotRich(type);
  }
  return out;
}

const CLOSING: Record<string, string> = {
  em_close: 'em',
  strong_close: 'strong',
  s_close: 'strike',
  link_close: 'link',
};

/** `\*` or `&nbsp;`: the character, marked with its spelling. */
function specialText({ content, markup }: Token, open: readonly Mark[]): Node {
  if (content.length !== 1) throw new NotRich('entity');
  return schema.text(content, marks.spelling.create({ char: content, raw: markup }).addToSet(open));
}

function imageOf(token: Token): Node {
  const src = token.attrGet('src') ?? '';
  return nodes.image.create({ src, alt: token.content, title: token.attrGet('title') ?? '' });
}
