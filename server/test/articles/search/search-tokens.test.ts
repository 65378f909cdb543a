import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, wordsOf } from '../../../src/articles/search/search-words.ts';
import { useRandom } from '../../harness/random.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const random = useRandom();

async function tokensOf(text: string): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ tokens: string[] }>('select search_tokens($1) as tokens', [text]);
  return rows[0]?.tokens ?? [];
}

/** The words of TypeScript, those of scripts without blanks in pairs. */
const wordsInPairs = (text: string) =>
  [...wordsOf(foldText(text))].flatMap(({ folded, isUnspaced }) => {
    const characters = [...folded];
    return isUnspaced ? characters.map((character, n) => character + (characters[n + 1] ?? '')) : [folded];
  });

describe('The words of', () => {
  test.each<[text: string, tokens: string[]]>([
    ['', []],
    ['— … !', []],
    ['Jean-Luc Picard', ['jean', 'luc', 'picard']],
    ['Saint‑Germain–en—Laye', ['saint', 'germain', 'en', 'laye']],
    ['node.js, C++ and .NET', ['node', 'js', 'c', 'and', 'net']],
    ["Hawaiʻi, м'ята, мʼята, м’ята", ['hawai', 'i', 'м', 'ята', 'м', 'ята', 'м', 'ята']],
    ["l’école d'été", ['l', 'ecole', 'd', 'ete']],
    ['<p class="lead">A &amp; B</p><!-- wp:image {"id":7} -->C', ['a', 'b', 'c']],
    ['ΛΟΓΟΣ λόγος', ['λογοσ', 'λογοσ']],
    ['STRASSE Straße STRAẞE', ['strasse', 'strasse', 'strasse']],
    ['İSTANBUL Istanbul ısı ISI', ['istanbul', 'istanbul', 'isi', 'isi']],
    ['ᲗᲑᲘᲚᲘᲡᲘ თბილისი', ['თბილისი', 'თბილისი']],
    ['Ёлка ёлка Йод йод', ['елка', 'елка', 'йод', 'йод']],
    ['Ки\u0301ев, ру\u0301сский, ѝ', ['киев', 'русский', 'и']],
    ['Ærø Łódź Đà Nẵng', ['aero', 'lodz', 'da', 'nang']],
    ['ﬁancé ＡＢＣ ㎏ x²', ['fiance', 'abc', 'kg', 'x2']],
    ['شَمْسٌ شمس ـــ كتاب کتاب مدرسة', ['شمس', 'شمس', 'کتاب', 'کتاب', 'مدرسه']],
    ['שָׁלוֹם שלום', ['שלום', 'שלום']],
    ['٢٠٢٤ ۲۰۲۴ २०२४ 2024', ['2024', '2024', '2024', '2024']],
    ['हिन्दी की', ['हिन्दी', 'की']],
    ['신문을', ['신문을']],
    ['今天的新闻，', ['今天', '天的', '的新', '新闻', '闻']],
    ['iPhone手機pro', ['iphone', '手機', '機', 'pro']],
    ['ﾃｽﾄ テスト', ['テス', 'スト', 'ト', 'テス', 'スト', 'ト']],
    ['ข่าววันนี้', ['ข่', '่า', 'าว', 'วว', 'วั', 'ัน', 'นน', 'นี', 'ี้', '้']],
    ['ຂ່າວ', ['ຂ່', '່າ', 'າວ', 'ວ']],
    ['ខ្មែរ\u200bថ្មី', ['ខ្', '្ម', 'មែ', 'ែរ', 'រថ', 'ថ្', '្ម', 'មី', 'ី']],
  ])('%s', async (text, tokens) => {
    expect(await tokensOf(text)).toEqual(tokens);
    expect(await tokensOf(text.normalize('NFD'))).toEqual(tokens);
  });
});

test('a run of marks takes no longer than letters', async () => {
  const timeOf = async (text: string) => {
    const start = performance.now();
    await tokensOf(text);
    return performance.now() - start;
  };
  await timeOf('é');
  const letters = await timeOf('é'.repeat(40_000));
  // Each pair is in the wrong order, which for Thai also remains after the accents are removed.
  for (const marks of ['\u0301\u0316', '\u0e48\u0e38', '\uff9e\u302a']) {
    expect(await timeOf(marks.repeat(20_000)), marks).toBeLessThan(30 * letters);
  }
});

test('TypeScript finds the same words as the database', async () => {
  const letters = Array.from(
    'abzÀéßẞÆœøŁđıİIςΣλόЙйёЇїñẵ' +
      'שָׁלشَمـيىكةए०١۲' +
      '今天新闻，。テストガかゝーขันี้ໜຄ្មៈ신문' +
      'ﬁ㎏½²ａＢ－_-.,’ʼ\'"“ \u00a0\u00ad\u200c\u2060\u0301\u0306\ufe0f🥖𠀀',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map((all) => all.join('')),
      async (text) => {
        expect(wordsInPairs(text)).toEqual(await tokensOf(text));
      },
    ),
    random.options(400),
  );
});
