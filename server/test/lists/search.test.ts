import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { idsOf, newArticle } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const found = async (q: string) => {
  const { status, body } = await server.anonymous.get(`/articles?q=${encodeURIComponent(q)}&fields=id&limit=100`);
  expect(status, q).toBe(200);
  return idsOf(body.data);
};

test.each([
  ['“Hello” she said', ['hello', '“hello”', '"hello she"']],
  ['Er sagte „Hallo Welt“ laut', ['hallo', 'welt laut']],
  ['«Привет» мир', ['привет', 'ПРИВЕТ мир']],
  ['à l’école de l’été d’hiver', ['école', 'ete', 'l’hiver', "l'ecole"]],
  ['Obama’s speech', ['obama speech', 'obama’s']],
  ['word—another', ['another', 'word', 'word—another']],
  ['etc… and so on', ['etc and']],
  ['一。二、三！四', ['二', '三', '四']],
  ['今日は晴れ。明日は雨', ['明日', '今日は晴れ 明日は雨']],
  ['Just €5 under §12', ['5', '12', '€5']],
  ['• first → second', ['first', 'second']],
  ['a soft\u00adhyphen, no\u00a0break, zero\u200bwidth', ['softhyphen', 'break', 'zero width']],
  ['\u2764\ufe0flove 🥖bread', ['love', 'bread', '🥖 bread']],
  ['می\u200cخواهم', ['می\u200cخواهم', 'میخواهم']],
  ['हिन्दी की किताबें', ['हिन्दी', 'किताबें']],
  ['COVID-19 and state-of-the-art', ['covid', '19', 'covid 19', 'covid-19', 'state-of-the-art', 'art state']],
  ['Cafe\u0301 crème', ['café', 'cafe', 'creme']],
  ['Berlin - Hauptstadt', ['berlin - hauptstadt', 'haupt', '-- hauptstadt --']],
  ['Bread or butter', ['bread or', 'or', 'or butter', 'jam or butter', 'or or bread']],
])('%s is found by its words', async (title, queries) => {
  const { id } = await newArticle(server.as.editor, { title, publishedAt: new Date(Date.now() - 1_000).toISOString() });
  for (const q of queries) expect(await found(q), q).toContain(id);
});

test.each([
  ['Alpha beta-gamma', ['-alpha beta', 'alpha -beta-gamma', 'alpha -"beta gamma"', '"gamma beta"', 'alpha --beta']],
  ['Delta l’école', ['delta -l’école', '-école delta', '"delta école"']],
])('%s is not found where its words are excluded, or stand in another order', async (title, queries) => {
  const { id } = await newArticle(server.as.editor, { title });
  for (const q of queries) expect(await found(q), q).not.toContain(id);
});

test('whatever somebody types is answered', async () => {
  const pieces = [
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
  const typed = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 200 }).map((all) => all.join(''));
  const runs = pieces.flatMap((piece) => [
    piece.repeat(100),
    `${piece} `.repeat(100),
    `${piece}-`.repeat(100),
    `-${piece}"`.repeat(60),
  ]);
  for (const q of runs.filter((each) => each.trim() !== '')) await found(q);
  await fc.assert(
    fc.asyncProperty(
      typed.filter((q) => q.trim() !== ''),
      async (q) => void (await found(q)),
    ),
    { numRuns: 300 },
  );
});

test('the first 200,000 characters of an article are searched', async () => {
  const far = (text: string, at: number) => `${text.repeat(Math.ceil(at / text.length)).slice(0, at)} lighthouse`;
  const { editor } = server.as;
  const near = await newArticle(editor, { content: far('sea and shore ', 199_000) });
  await newArticle(editor, { content: far('sea and shore ', 200_001) });
  const cyrillic = await newArticle(editor, { content: far('море и берег ', 199_000) });
  expect(new Set(await found('lighthouse'))).toEqual(new Set([near.id, cyrillic.id]));
});

test('an article of nothing but different words is stored, in any script', async () => {
  const word = (n: number) => String.fromCodePoint(0x20000 + (n % 200), 0x20000 + Math.floor(n / 200));
  const words = Array.from({ length: 66_000 }, (_, n) => word(n));
  for (const between of [['-'], [' '], ['.', '/', ' ']]) {
    const content = words.map((text, n) => text + between[n % between.length]).join('');
    await newArticle(server.as.editor, { content });
  }
});

afterAll(async () => {
  const { rows } = await server.database.pool.query(
    'select count(*)::int from articles join article_search on id = article_id where document is distinct from article_words(title, excerpt, content)',
  );
  expect(rows).toEqual([{ count: 0 }]);
});
