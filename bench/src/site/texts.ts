import { WORDS } from '../seed.ts';

/** Returns Markdown such as people write: headings, paragraphs with emphasis and links, and lists. */
export function markdownOf(bytes: number): string {
  const blocks: string[] = [];
  for (let length = 0, block = 0; length < bytes; block += 1) {
    const text = blockOf(block);
    blocks.push(text);
    length += text.length + 2;
  }
  return blocks.join('\n\n').slice(0, bytes);
}

function blockOf(block: number): string {
  if (block % 8 === 0) return `## ${sentence(block, 5)}`;
  if (block % 8 === 5) return [1, 2, 3].map((item) => `- ${sentence(block + item, 9)}`).join('\n');
  return [1, 2, 3, 4, 5]
    .map(
      (each) =>
        `${sentence(block * each, 8)}, **${sentence(block + each, 2)}** and [${sentence(each, 2)}](/a/${block}).`,
    )
    .join(' ');
}

const sentence = (from: number, words: number) =>
  Array.from({ length: words }, (_, index) => WORDS[(from * 7 + index * index + index) % WORDS.length]).join(' ');
