import { wordsOf } from './deciding.ts';
import { differences, withFields } from './fields.ts';
import type { Left } from './kept.ts';
import { mergeTexts } from './merge-text.ts';

/** Joins what several closed tabs have left of one article: of texts all words, of other fields the newest. */
export function joinLeft(left: readonly Left[]): Left {
  return left.reduce((older, newer) => {
    const { stored } = older.kept;
    const before = wordsOf(older.kept);
    const mine = wordsOf(newer.kept);
    const changed = differences(newer.kept.stored.fields, mine);
    const fields = withFields(before, mine, changed);
    const content = changed.includes('content')
      ? mergeTexts(stored.fields.content, before.content, mine.content)
      : fields.content;
    // A decision was one of two versions, and there are three now.
    const { deciding: _, ...kept } = older.kept;
    return {
      keys: [...older.keys, ...newer.keys],
      kept: { ...kept, at: newer.kept.at, mine: { ...fields, content } },
    };
  });
}
