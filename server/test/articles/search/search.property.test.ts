import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useRandom } from '../../harness/random.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const random = useRandom();
const search = async (q: string) => {
  const { status } = await server.anonymous.get(`/articles?q=${encodeURIComponent(q)}&fields=id&limit=100`);
  expect(status, q).toBe(200);
};

test('any text is a valid search', async () => {
  const pieces = [
    '🥖',
    '㎏',
    '-',
    '"',
    ' ',
    '(',
    ')',
    ':',
    '*',
    '&',
    '|',
    '!',
    '\\',
    "'",
    '<',
    '>',
    '—',
    '“',
    'or',
    'a',
    'é',
    '一',
    '0',
    '.',
    '/',
    '@',
  ];
  const anyText = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 200 }).map((all) => all.join(''));
  const repetitions = pieces.flatMap((piece) => [
    piece.repeat(100),
    `${piece} `.repeat(100),
    `${piece}-`.repeat(100),
    `-${piece}"`.repeat(60),
  ]);
  for (const q of repetitions.filter((each) => each.trim() !== '')) await search(q);
  await fc.assert(
    fc.asyncProperty(
      anyText.filter((q) => q.trim() !== ''),
      search,
    ),
    random.options(300),
  );
});
