import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName } from '../../src/imports/wordpress/plan/term-names.ts';
import { useRandom } from '../harness/random.ts';
import { newDatabase } from './build-export.ts';

const random = useRandom();

const PARTS = [
  ...Array.from('aA ßẞsSσςΣıİiIﬁﬀﷺéÉ日ｆ１Ⅷ'),
  'e\u0301',
  '\u00a0',
  '\u3000',
  '\t',
  '\u2800',
  '\u0085',
  '\ufeff',
  '\u00ad',
];
const INVISIBLE = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufe0f',
  '\u3164',
  '\u115f',
  '\u0001',
  '\u{1f3f4}\u{e0067}',
  '\u{e0067}',
];
const names = fc
  .array(fc.constantFrom(...PARTS, ...INVISIBLE), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));

test('names are folded as in the database', async () => {
  const { rows } = await newDatabase();
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 50, maxLength: 50 }), async (many) => {
      const folded = await rows<{ name: string }>(
        'select fold_category_name(name) as name from unnest($1::text[]) with ordinality as t (name, n) order by n',
        [many],
      );
      expect(many.map(foldName)).toEqual(folded.map(({ name }) => name));
    }),
    random.options(20),
  );
});
