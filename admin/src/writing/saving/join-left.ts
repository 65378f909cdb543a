import { differences, withFields } from './fields.ts';
import type { Left } from './kept.ts';
import { mergeTexts } from './merge-text.ts';

/** Joins what several closed tabs have left of one article: of texts all words, of other fields the newest. */
export function joinLeft(left: readonly Left[]): Left {
  return left.reduce((older, newer) => {
    const { mine: before, stored } = older.kept;
    const { mine } = newer.kept;
    const changed = differences(newer.kept.stored.fields, mine);
    const fields = withFields(before, mine, changed);
    const content = changed.includes('content')
      ? mergeTexts(stored.fields.content, before.content, mine.content)
      : fields.content;
    return {
      keys: [...older.keys, ...newer.keys],
      kept: { ...older.kept, at: newer.kept.at, mine: { ...fields, content } },
    };
  });
}
