import { afterAll, expect, test } from 'vitest';
import { walkForward } from '../../harness/pages.ts';
import { idsOf, newArticle } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const search = async (q: string) => {
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
  ['**COVID**-19, <b>Boeing</b>-747 and -40 degrees', ['covid-19', 'boeing-747', '747', '40', '"covid 19"']],
  [
    'See https://my-site.com/recipes and [this](https://a-b.org/c-d)',
    ['my-site.com', 'my-site.com see', '"my-site.com"', 'a-b.org this'],
  ],
  ['Two ㎏ of salt', ['㎏', 'kg salt', '㎏ salt']],
  ['Berlin - Hauptstadt', ['berlin - hauptstadt', 'haupt', '-- hauptstadt --']],
  ['Jean-Luc Picard', ['jean', 'jean-', 'jean-l', 'jean-luc', 'jean luc p', 'luc', 'JEAN‑LUC']],
  ['Saint-Germain-en-Laye', ['saint-germain', 'saint-g', 'germain-en-l', 'laye']],
  ['node.js for beginners', ['node.js', 'node.j', 'js', 'nodes or js']],
  ["The O'Reilly book", ["o'r", 'o’reilly', 'reilly']],
  ['ΛΟΓΟΣ και λόγοι', ['λόγος', 'λογοσ', 'ΛΌΓΟΣ', 'λόγ']],
  ['GROẞE STRASSE', ['große', 'straße', 'GROSSE', 'stras']],
  ['IŞIK İstanbul', ['ışık', 'istanbul', 'ISTANBUL', 'işik']],
  ['ᲗᲑᲘᲚᲘᲡᲘ', ['თბილისი', 'თბილ']],
  ['今天的新闻', ['新闻', '今天', '天的', '的新闻', '今天的新闻', '新', '闻', '"今天的"']],
  ['東京オリンピックの歴史', ['オリンピック', '東京', 'の歴史', 'ｵﾘﾝﾋﾟｯｸ']],
  ['ข่าววันนี้ในประเทศไทย', ['วันนี้', 'ประเทศไทย', 'ข่าว', 'ไทย']],
  ['ຂ່າວປະເທດລາວ', ['ປະເທດ', 'ລາວ']],
  ['ព័ត៌មានថ្មីនៅកម្ពុជា', ['កម្ពុជា', 'ថ្មី']],
  ['Dvořák'.normalize('NFD'), ['dvořák', 'Dvořák'.normalize('NFD'), 'dvorak']],
  ['Bread or butter', ['bread or', 'or', 'or butter', 'jam or butter', 'or or bread']],
])('%s: each of these searches returns it', async (title, queries) => {
  const { id } = await newArticle(server.as.editor, { title, publishedAt: new Date(Date.now() - 1_000).toISOString() });
  for (const q of queries) expect(await search(q), q).toContain(id);
});

test.each([
  [
    'Alpha beta-gamma',
    'alpha "beta gamma"',
    ['-alpha beta', 'alpha -beta-gamma', 'alpha -"beta gamma"', '"gamma beta"', 'alpha --beta'],
  ],
  ['Delta l’école', 'delta "l’école"', ['delta -l’école', '-école delta', '"delta école"']],
  ['Новый йод', 'йод', ['иод']],
  ['新的闻', '新的', ['新闻', '的新', '"新闻"']],
  ['北京 大学', '北京', ['京大', '北京大学生']],
  ['Salt from https://my-site.com/salt', 'salt -my-site.org', ['salt -my-site.com', 'salt -"my-site.com"']],
])(
  '%s: no search that excludes its words, or has a phrase in another order, returns it',
  async (title, hit, misses) => {
    const { id } = await newArticle(server.as.editor, { title });
    expect(await search(hit)).toContain(id);
    for (const q of misses) expect(await search(q), q).not.toContain(id);
  },
);

test('the first 200,000 characters of an article are searched', async () => {
  const far = (text: string, at: number) => `${text.repeat(Math.ceil(at / text.length)).slice(0, at)} lighthouse`;
  const { editor } = server.as;
  const near = await newArticle(editor, { content: far('sea and shore ', 199_000) });
  await newArticle(editor, { content: far('sea and shore ', 200_001) });
  const cyrillic = await newArticle(editor, { content: far('море и берег ', 149_000) });
  expect(new Set(await search('lighthouse'))).toEqual(new Set([near.id, cyrillic.id]));
});

test('words at the end of a long article are searched, even those that the parser splits', async () => {
  const content = `${'one two three four '.repeat(5_000)} à l’école, my-site.com and so to the end`;
  const { id } = await newArticle(server.as.editor, { content });
  for (const q of ['l’école', 'l’école end', 'my-site.com end', 'ecole end']) expect(await search(q), q).toContain(id);
});

test('a list by relevance pages past a rank of any size', async () => {
  const content = Array.from({ length: 10_000 }, (_, n) => `zy${n.toString(36)}`).join(' ');
  const ids = idsOf([await newArticle(server.as.editor, { content }), await newArticle(server.as.editor, { content })]);
  const { rows } = await walkForward(server.anonymous, '/articles?q=zy&sort=relevance', 1);
  expect(new Set(idsOf(rows))).toEqual(new Set(ids));
});

test('an article in which no word repeats is stored, in any script', async () => {
  const spell = (letters: string[], length: number) => (n: number) =>
    Array.from({ length }, (_, at) => letters[Math.floor(n / letters.length ** at) % letters.length]).join('');
  const letters = (first: number, count: number) =>
    Array.from({ length: count }, (_, n) => String.fromCodePoint(first + n));
  for (const [word, count, between] of [
    [spell(letters(0x20000, 300), 2), 66_000, '-'],
    [spell(letters(0x20000, 300), 2), 66_000, ' '],
    [spell(letters(0x4e00, 300), 2), 66_000, '-'],
    // Unicode normalization decomposes each of these into two or three letters.
    [spell(letters(0x958, 5), 8), 22_000, '-'],
    [spell(letters(0xfb2c, 2), 15), 12_000, '-'],
    [spell(letters(0x1d15e, 7), 6), 28_000, '-'],
  ] as const) {
    const content = Array.from({ length: count }, (_, n) => word(n)).join(between);
    await newArticle(server.as.editor, { content });
  }
  // Ligatures of four letters, in a content that has fewer bytes for each character than its start.
  const word = spell(letters(0xfdf2, 7), 12);
  const ligatures = (first: number, count: number) =>
    Array.from({ length: count }, (_, n) => word(first + n)).join('-');
  const content = `${ligatures(0, 10_050)}${'-'.repeat(70_000)}`;
  await newArticle(server.as.editor, { content, excerpt: ligatures(20_000, 769) });
});

afterAll(async () => {
  const client = await server.database.pool.connect();
  await client.query("set statement_timeout = '60s'"); // it computes the longest documents again
  const { rows } = await client.query(
    `select count(*)::int from articles join article_search on id = article_id where document is distinct from article_document(title, excerpt, content)
      and id not in (select article_id from search_backlog)`,
  );
  client.release();
  expect(rows).toEqual([{ count: 0 }]);
});
