import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import type { Attrs, MarkType } from 'prosemirror-model';
import type { Plugin } from 'prosemirror-state';
import { schema } from '../text/schema.ts';

const { nodes, marks } = schema;

/**
 * What turns into something while it is typed, as in Markdown: `## `, `- `, `1. `, `> `, three backticks, `**bold**`,
 * `[a link](/to)`.
 */
export function typingRules(): Plugin {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, ([, signs = '']) => ({ level: signs.length })),
      textblockTypeInputRule(/^```(\w*)\s$/, nodes.code_block, ([, info = '']) => ({ info })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      wrappingInputRule(/^\s*([-*+])\s$/, nodes.bullet_list, ([, sign]) => ({ marker: `${sign} ` })),
      wrappingInputRule(
        /^(\d{1,9})\.\s$/,
        nodes.ordered_list,
        ([, number]) => ({ start: Number(number) }),
        ([, number], list) => list.childCount + (list.attrs['start'] as number) === Number(number),
      ),
      new InputRule(/^(?:---|___|\*\*\*)$/, (state, _match, from, to) => {
        const { $from } = state.selection;
        if ($from.depth !== 1) return null;
        return state.tr.delete(from, to).insert($from.before(1), nodes.horizontal_rule.create());
      }),
      markRule(/(?:^|\s)(\*\*([^*\s](?:[^*]*[^*\s])?)\*\*)$/, marks.strong),
      markRule(/(?:^|[\s(])(\*([^*\s](?:[^*]*[^*\s])?)\*)$/, marks.em),
      markRule(/(?:^|[\s(])(_([^_\s](?:[^_]*[^_\s])?)_)$/, marks.em),
      markRule(/(?:^|\s)(~~([^~\s](?:[^~]*[^~\s])?)~~)$/, marks.strike),
      markRule(/(?:^|[\s(])(`([^`\s](?:[^`]*[^`\s])?)`)$/, marks.code),
      // Not an image, which begins with another sign.
      markRule(/(?:^|[^!])(\[([^[\]]+)\]\(([^\s()]+)\))$/, marks.link, ([, , , href]) => ({ href })),
    ],
  });
}

/** Puts a mark on what stands between signs, and removes the signs. The last of them is being typed. */
function markRule(pattern: RegExp, type: MarkType, attrs?: (match: RegExpMatchArray) => Attrs): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [whole = '', signed = '', text = ''] = match;
    if (!state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
    const from = start + whole.length - signed.length;
    const sign = signed.indexOf(text);
    const tr = state.tr.delete(from + sign + text.length, end).delete(from, from + sign);
    return tr.addMark(from, from + text.length, type.create(attrs?.(match))).removeStoredMark(type);
  });
}
