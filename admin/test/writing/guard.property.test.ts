import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { htmlFormat } from '../../src/writing/text/html/html-format.ts';
import { markdownFormat } from '../../src/writing/text/markdown/markdown-format.ts';
import { TextDocument } from '../../src/writing/text/text-document.ts';
import { randomOf, SEED } from './random.ts';
import { HTML, MARKDOWN } from './texts.ts';

const TEXTS = 500;
const SEPARATORS = ['\n\n', '\n\n\n', '\n \n', '\r\n\r\n'];
/** What is not closed takes the rest of a text with it: it is tested alone. */
const whole = (texts: Record<string, string>) =>
  Object.entries(texts)
    .filter(([name]) => !['broken', 'raw HTML', 'code', 'HTML comments', 'nothing', 'only blanks'].includes(name))
    .map(([, text]) => text.trim());

test(`one word in one block of each of ${TEXTS} texts: all others are the same bytes, in order (RUBRIC_TEST_SEED=${SEED})`, () => {
  let rich = 0;
  for (let round = 0; round < TEXTS; round += 1) {
    const random = randomOf(SEED + round);
    const format = round % 2 === 0 ? markdownFormat : htmlFormat;
    const parts = whole(round % 2 === 0 ? MARKDOWN : HTML);
    let text = '';
    for (let part = 0; part < 3 + random(6); part += 1) {
      text += `${parts[random(parts.length)]}${SEPARATORS[random(SEPARATORS.length)]}`;
    }
    const document = new TextDocument(text, format());
    expect(document.textOf(document.doc), `round ${round}`).toBe(text);
    const places: number[] = [];
    document.doc.descendants((node, at) => {
      if (node.isTextblock) places.push(at + 1 + random(node.content.size + 1));
    });
    const at = places[random(places.length)];
    if (at === undefined) continue;
    rich += 1;
    const state = EditorState.create({ doc: document.doc });
    const { doc } = state.apply(state.tr.insertText('wombat', at));
    const block = state.doc.resolve(at).index(0);
    const written = document.textOf(doc);
    // Emptied of the changed block, the text is what was before it and what was behind it.
    const before = document.textOf(doc.copy(doc.content.cut(0, offsetOf(doc, block)))).trimEnd();
    const after = document.textOf(doc.copy(doc.content.cut(offsetOf(doc, block + 1)))).trim();
    expect(text.startsWith(before), `round ${round}: before`).toBe(true);
    expect(text.trimEnd().endsWith(after), `round ${round}: after`).toBe(true);
    expect(written.startsWith(before), `round ${round}: written before`).toBe(true);
    expect(written.trimEnd().endsWith(after), `round ${round}: written after`).toBe(true);
    expect(written).toContain('wombat');
  }
  expect(rich).toBeGreaterThan(TEXTS / 2);
});

function offsetOf(doc: TextDocument['doc'], block: number): number {
  let offset = 0;
  for (let index = 0; index < block; index += 1) offset += doc.child(index).nodeSize;
  return offset;
}
