import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeNicename } from '../../src/imports/wordpress/wxr/nicename.ts';
import { useRandom } from '../harness/random.ts';

const random = useRandom();

test('decodes the output of encodeURIComponent for any text without control characters, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/\p{Cc}/u.test(text));
      expect(decodeNicename(encodeURIComponent(text))).toBe(text);
    }),
    random.options(100),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[%0-9a-f]{0,40}$/), (text) => typeof decodeNicename(text) === 'string'),
    random.options(100),
  );
});
