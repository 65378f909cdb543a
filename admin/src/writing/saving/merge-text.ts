import { diffArrays } from 'diff';

/** Blocks with the white space behind them; together they are the text. */
const blocksOf = (text: string) => text.match(/[^\n][\s\S]*?(?:\n\s*\n|$)|\n+/g) ?? [];

interface Change {
  from: number;
  to: number;
  blocks: string[];
}

function changesOf(before: string[], after: string[]): Change[] {
  const changes: Change[] = [];
  let at = 0;
  for (const { value, added, removed } of diffArrays(before, after)) {
    const last = changes.at(-1);
    if (!added && !removed) at += value.length;
    else if (last?.to === at && (last.from < at || last.blocks.length > 0)) {
      if (removed) last.to = at += value.length;
      else last.blocks.push(...value);
    } else if (removed) changes.push({ from: at, to: (at += value.length), blocks: [] });
    else changes.push({ from: at, to: at, blocks: [...value] });
  }
  return changes;
}

/**
 * Joins two versions of a text, by blocks. Where both changed the same, this one's comes first and the other one's after
 * it: no word of either is lost, and a person decides.
 */
export function mergeTexts(before: string, mine: string, theirs: string): string {
  const base = blocksOf(before);
  const left = changesOf(base, blocksOf(mine));
  const right = changesOf(base, blocksOf(theirs));
  const out: string[] = [];
  let at = 0;
  while (left.length > 0 || right.length > 0) {
    const from = Math.min(left[0]?.from ?? base.length, right[0]?.from ?? base.length);
    out.push(...base.slice(at, from));
    let to = from;
    const here: Change[] = [];
    const there: Change[] = [];
    // All changes that touch each other are one.
    for (;;) {
      const side = left[0] && left[0].from <= to ? left : right;
      const [next] = side;
      if (!next || next.from > to) break;
      side.shift();
      (side === left ? here : there).push(next);
      to = Math.max(to, next.to);
    }
    out.push(...joined(sideOf(base, here, from, to), sideOf(base, there, from, to), here.length, there.length));
    at = to;
  }
  return [...out, ...base.slice(at)].join('');
}

function sideOf(base: string[], changes: readonly Change[], from: number, to: number): string[] {
  const out: string[] = [];
  let at = from;
  for (const change of changes) {
    out.push(...base.slice(at, change.from), ...change.blocks);
    at = change.to;
  }
  return [...out, ...base.slice(at, to)];
}

function joined(mine: string[], theirs: string[], here: number, there: number): string[] {
  if (there === 0) return mine;
  if (here === 0 || mine.join('') === theirs.join('')) return theirs;
  const last = mine.at(-1) ?? '';
  const separated = last === '' || /\n\s*\n$/.test(last) ? mine : [...mine.slice(0, -1), `${last.trimEnd()}\n\n`];
  return [...separated, ...theirs.filter((block) => !mine.some((each) => each.trim() === block.trim()))];
}
