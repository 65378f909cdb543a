import { describe, expect, test } from 'vitest';
import { MAX } from '../../src/database/schema/field-limits.ts';
import { nextFreeSlug, slugify, slugStem } from '../../src/slugs/slug.ts';

describe('The slug of', () => {
  test.each([
    ['Crème brûlée', 'creme-brulee'],
    ['Creme\u0301 bru\u0302le\u0301e', 'creme-brulee'],
    ['Straße nach İstanbul', 'strasse-nach-istanbul'],
    ['Don’t `stop`', 'dont-stop'],
    ['  --A  B--', 'a-b'],
    ['snake_case', 'snake-case'],
    ['a\u200bb\0c', 'a-b-c'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
    ['constructor', 'constructor'],
    ['A\u00adB c\u2060d\ufeff', 'ab-cd'],
    ['ﬁne ﬂow', 'fine-flow'],
    ['Ｆｕｌｌ　ｗｉｄｔｈ', 'full-width'],
    ['x² H₂O', 'x2-h2o'],
    ['𝐁𝐨𝐥𝐝 ① №\u00a07', 'bold-1-no-7'],
    ['½ cup', '1-2-cup'],
    ['AT&T', 'at-t'],
    ['Rubric™ ℞ ©', 'rubric'],
    ['50°C, 5‰, €3', '50c-5-3'],
    ['3×4', '3x4'],
    ['rye 🥖 bread', 'rye-bread'],
    ['20-26', '20-26'],
  ])('%j is %s', (text, slug) => {
    expect(slugify(text, 'article')).toBe(slug);
  });

  test.each([
    ['German', 'Größe ÄÖÜ', 'grosse-aou'],
    ['German in capitals', 'GROẞE STRAẞE', 'grosse-strasse'],
    ['Turkish', 'ISPARTA ışık İzmir', 'isparta-isik-izmir'],
    ['Vietnamese', 'Tiếng Việt Đường', 'tieng-viet-duong'],
    ['Polish', 'Łódź żółć', 'lodz-zolc'],
    ['Icelandic', 'Þór ðæ Ísland', 'thor-dae-island'],
    ['Azerbaijani', 'Əsas Azərbaycan', 'esas-azerbaycan'],
    ['Greek', 'Ελληνική Φιλοσοφία', 'elliniki-filosofia'],
    ['Greek pairs of vowels', 'Ουρανός αυτό Ευρώπη', 'ouranos-afto-evropi'],
    ['Russian', 'Привет, чёрный подъезд', 'privet-chyornyy-podezd'],
    ['Ukrainian', 'Київ і Львів', 'kiyiv-i-lviv'],
    ['Kazakh', 'Қазақ әдебиеті', 'kazak-adebieti'],
    ['Armenian', 'Հայերեն', 'hayeren'],
    ['Georgian', 'ქართული', 'kartuli'],
    ['Georgian in capitals', 'ᲥᲐᲠᲗᲣᲚᲘ', 'kartuli'],
    ['Hebrew', 'שלום אבא', 'shlvm-aba'],
    ['Arabic', 'سلام', 'slam'],
    ['Persian with a joiner', 'می\u200cخواهم', 'mykhwahm'],
    ['Hindi', 'हिन्दी', 'hindii'],
    ['Bengali', 'বাংলা', 'baanlaa'],
    ['Telugu', 'తెలుగు', 'telugu'],
    ['Thai', 'ไทย', 'aithy'],
    ['Khmer', 'ខ្មែរ', 'khmaer'],
    ['Amharic', 'አማርኛ', 'amaarenyaa'],
    ['Cherokee', 'ᏣᎳᎩ', 'tsalagi'],
    ['Chinese', '北京大学', 'bei-jing-da-xue'],
    ['Japanese', '今日は晴れ', 'jin-ri-haqing-re'],
    ['kana', 'すし ちょっと つなみ きょう', 'sushi-chotto-tsunami-kyou'],
    ['katakana', 'コーヒー マッチャ ファイル ウィキ ﾊﾟﾝ', 'kohi-matcha-fairu-wiki-pan'],
    ['Korean', '한국어 김치', 'hangugeo-gimchi'],
  ])('%s: %s is %s', (_, text, slug) => {
    expect(slugify(text, 'article')).toBe(slug);
  });

  test('each character is the same composed and decomposed, in capitals and small', () => {
    const different: string[] = [];
    for (let codePoint = 0x20; codePoint < 0x20000; codePoint += 1) {
      const text = `1 ${String.fromCodePoint(codePoint)} -`;
      const variants = [text.normalize('NFC'), text.normalize('NFD'), text.toUpperCase(), text.toLowerCase()].filter(
        (variant) => variant !== text,
      );
      if (variants.some((variant) => slugify(variant, 'article') !== slugify(text, 'article'))) different.push(text);
    }
    expect(different).toEqual([]);
  });

  test.each(['', ' ', '!!!', '🥖', '™', '∞', '\0', '\ud800', '-'])(
    '%j, without a letter or digit, is the fallback',
    (text) => {
      expect(slugify(text, 'article')).toBe('article');
    },
  );

  test.each([
    ['2026', 'article-2026'],
    ['007', 'article-007'],
    ['١٢٣', 'article-123'],
    ['１２', 'article-12'],
    ['5‰', 'article-5'],
    ['②', 'article-2'],
  ])('%j, which could be an id, has the fallback as a prefix', (text, slug) => {
    expect(slugify(text, 'article')).toBe(slug);
  });

  test.each([
    ['words', 'word '.repeat(1_000)],
    ['one word', 'a'.repeat(1_000)],
    ['letters with accents', 'é'.repeat(1_000)],
    ['digits', '1'.repeat(1_000)],
    ['hyphens between digits', '1-'.repeat(1_000)],
    ['letters that become several', '弌'.repeat(1_000)],
  ])('a long text of %s has the format and the length that the database accepts', (_, text) => {
    const slug = slugify(text, 'article');
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slug).toMatch(/[a-z-]/);
    expect(slug.length).toBeLessThanOrEqual(MAX.slug);
    expect(slug.length).toBeGreaterThan(MAX.slug / 2);
  });

  test('a long text ends with a whole word', () => {
    expect(slugify('word '.repeat(100), 'article').endsWith('-word')).toBe(true);
  });
});

describe('The stem of a slug', () => {
  test.each(['a', 'creme-brulee', 'a'.repeat(MAX.slug), 'ab-'.repeat(66)])('leaves room for a suffix: %s', (slug) => {
    expect(`${slugStem(slug)}-9999999`.length).toBeLessThanOrEqual(MAX.slug);
    expect(slug.startsWith(slugStem(slug))).toBe(true);
  });

  test('is the same for a shortened slug and for one with a suffix', () => {
    const stem = slugStem('a'.repeat(MAX.slug));
    expect(slugStem(`${stem}-2`)).toBe(stem);
  });
});

test.each([
  [[], 'bread-2'],
  [['bread'], 'bread-2'],
  [['bread', 'bread-2', 'bread-3'], 'bread-4'],
  [['bread', 'bread-3'], 'bread-2'],
  [['bread-2', 'bread-2', 'bread-02'], 'bread-3'],
])('With %j taken, the next free slug is %s', (taken, slug) => {
  expect(nextFreeSlug('bread', taken)).toBe(slug);
});
