import type { Node } from 'prosemirror-model';

/** The comments around a block of WordPress, and what the block is: another needs others. */
export interface Wrap {
  open: string;
  close: string;
  kind: string;
}

const WRAPPED = /^(<!--\s*wp:[\w/-]+[\s\S]*?-->\s*)([\s\S]*?)(\s*<!--\s*\/wp:[\w/-]+\s*-->)$/;

/** Takes the comments of WordPress off a block. */
export function unwrap(source: string): { inner: string; open: string; close: string } | null {
  const [, open, inner, close] = WRAPPED.exec(source) ?? [];
  return open !== undefined && inner !== undefined && close !== undefined ? { open, inner, close } : null;
}

/** What the comments say about a block. */
export const kindOf = ({ type: { name }, attrs }: Node): string =>
  name === 'heading' ? `heading ${attrs['level']}` : name;

const NAMES: Record<string, string> = {
  paragraph: 'paragraph',
  bullet_list: 'list',
  ordered_list: 'list {"ordered":true}',
  blockquote: 'quote',
  code_block: 'code',
  horizontal_rule: 'separator',
  table: 'table',
};

/** Puts the comments around a block that is new, or has become another. */
export function wrapBlock(node: Node, source: string): string {
  const { level } = node.attrs;
  const name =
    node.type.name === 'heading' ? `heading${level === 2 ? '' : ` {"level":${level}}`}` : NAMES[node.type.name];
  if (name === undefined) return source;
  return `<!-- wp:${name} -->\n${source}\n<!-- /wp:${name.split(' ')[0]} -->`;
}
