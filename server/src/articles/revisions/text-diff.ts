import { setImmediate } from 'node:timers/promises';
import { diffArrays } from 'diff';

/** A piece of text that two texts share, or that only the second (`insert`) or the first (`delete`) has. */
export interface DiffPart {
  op: 'equal' | 'insert' | 'delete';
  text: string;
}

/**
 * A comparison holds the main thread, which serves all requests, for little more than this: it yields, and steps that take
 * longer become one deleted and one inserted part. Measured on two texts of 1 MiB without a common line.
 */
const SLICE_MS = 25;
/** For all lines and words of a text. The rest is not compared by words. */
const TOTAL_MS = 1_000;
/** The longest block of changed lines that is compared by words, old and new together. Measured: 20 ms to split it. */
const MAX_BLOCK = 40_000;
/** `Intl.Segmenter` finds the words of a run of Thai or Chinese at once, so it gets texts in pieces. */
const PIECE = 2_000;

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Yields to other requests when the main thread has been held for a slice. */
class Clock {
  private readonly end = performance.now() + TOTAL_MS;
  private sliceEnd = performance.now() + SLICE_MS;

  get isOver() {
    return performance.now() > this.end;
  }

  async yieldIfDue() {
    if (performance.now() < this.sliceEnd) return;
    await setImmediate();
    this.sliceEnd = performance.now() + SLICE_MS;
  }
}

/**
 * Compares two texts: by lines, then the lines that differ by words, in any script. The parts without `insert` are the first
 * text, those without `delete` the second.
 */
export async function diffTexts(from: string, to: string): Promise<DiffPart[]> {
  const clock = new Clock();
  const parts: DiffPart[] = [];
  for (const block of blocksOf(diffTokens(linesOf(from), linesOf(to)) ?? replaced(from, to))) {
    if (block.equal !== undefined) parts.push({ op: 'equal', text: block.equal });
    else parts.push(...(await diffBlock(block, clock)));
  }
  return joined(parts);
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const replaced = (deleted: string, inserted: string): DiffPart[] => [
  { op: 'delete', text: deleted },
  { op: 'insert', text: inserted },
];

/** Returns undefined if it takes longer than a slice. */
function diffTokens(from: string[], to: string[]): DiffPart[] | undefined {
  const changes = diffArrays(from, to, { timeout: SLICE_MS });
  return changes?.map(({ added, removed, value }) => ({
    op: added ? 'insert' : removed ? 'delete' : 'equal',
    text: value.join(''),
  }));
}

interface Block {
  equal?: string;
  deleted: string;
  inserted: string;
}

/** Groups the deletions and insertions between two equal parts. */
function blocksOf(parts: DiffPart[]): Block[] {
  const blocks: Block[] = [];
  for (const { op, text } of parts) {
    if (op === 'equal') blocks.push({ equal: text, deleted: '', inserted: '' });
    else {
      if (blocks.at(-1)?.equal !== undefined || blocks.length === 0) blocks.push({ deleted: '', inserted: '' });
      (blocks.at(-1) as Block)[op === 'delete' ? 'deleted' : 'inserted'] += text;
    }
  }
  return blocks;
}

/** Compares a block by words. The common start and end are split off first: a line can be a whole article. */
async function diffBlock({ deleted, inserted }: Block, clock: Clock): Promise<DiffPart[]> {
  const head = sharedHead(deleted, inserted);
  const tail = sharedTail(deleted.slice(head), inserted.slice(head));
  const middle = (text: string) => text.slice(head, text.length - tail);
  return [
    { op: 'equal', text: deleted.slice(0, head) },
    ...(await diffWords(middle(deleted), middle(inserted), clock)),
    { op: 'equal', text: deleted.slice(deleted.length - tail) },
  ];
}

async function diffWords(deleted: string, inserted: string, clock: Clock): Promise<DiffPart[]> {
  const isCoarse = deleted === '' || inserted === '' || deleted.length + inserted.length > MAX_BLOCK || clock.isOver;
  if (isCoarse) return replaced(deleted, inserted);
  const from = await wordsOf(deleted, clock);
  const to = await wordsOf(inserted, clock);
  const parts = diffTokens(from, to) ?? replaced(deleted, inserted);
  await clock.yieldIfDue();
  return parts;
}

async function wordsOf(text: string, clock: Clock): Promise<string[]> {
  const tokens: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = pieceEnd(text, start);
    for (const { segment } of words.segment(text.slice(start, end))) tokens.push(segment);
    start = end;
    await clock.yieldIfDue();
  }
  return tokens;
}

/** The end of a piece: after a blank if there is one, and never inside a character. */
function pieceEnd(text: string, start: number): number {
  const end = Math.min(start + PIECE, text.length);
  if (end === text.length) return end;
  const blank = text.lastIndexOf(' ', end);
  if (blank > start) return blank + 1;
  return isLowSurrogate(text, end) ? end + 1 : end;
}

const isLowSurrogate = (text: string, index: number) => /[\uDC00-\uDFFF]/.test(text.charAt(index));
const isBlank = (text: string, index: number) => /\s/.test(text.charAt(index));

/** Returns the length of the common start of both texts, up to the end of a blank. */
function sharedHead(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  while (length > 0 && !isBlank(a, length - 1)) length -= 1;
  return length;
}

/** Returns the length of the common end of both texts, from the start of a blank. */
function sharedTail(a: string, b: string): number {
  const max = Math.min(a.length, b.length);
  let length = 0;
  while (length < max && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  while (length > 0 && !isBlank(a, a.length - length)) length -= 1;
  return length;
}

/** Joins neighbors of the same kind, and drops empty ones. */
function joined(parts: DiffPart[]): DiffPart[] {
  const all: DiffPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.text === '') continue;
    if (last?.op === part.op) last.text += part.text;
    else all.push({ ...part });
  }
  return all;
}
