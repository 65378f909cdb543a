import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/http/json-body.ts';
import { useRandom } from '../harness/random.ts';

const random = useRandom();
const parse = (text: string) => parseJson(Buffer.from(text));

test('Text is refused if and only if JSON.parse refuses it, whatever its numbers', () => {
  const pieces = ['[', ']', '{', '}', ',', ':', '"', '\\', ' ', '-', '.', 'e', '0', 'a', '"a":', '12345678901234567'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      expect(outcomeOf(() => parse(text))).toBe(outcomeOf(() => JSON.parse(text) as unknown));
    }),
    random.options(2_000),
  );
});

/** 1 MiB of JSON in the shapes that are slow to parse. A reviver took 30 times as long for some of them. */
test.each([
  ['500,000 numbers', `[${'1,'.repeat(500_000)}12345678901234567890]`],
  ['long numbers only', `[${'12345678901234567890,'.repeat(49_000)}1]`],
  ['empty objects', `[${'{},'.repeat(340_000)}12345678901234567890]`],
  ['a string of digits', `["${'9'.repeat(1_000_000)}",12345678901234567890]`],
  ['a string of quotes', `["${'\\"'.repeat(500_000)}",12345678901234567890]`],
  ['empty strings', `[${'"",'.repeat(340_000)}12345678901234567890]`],
])('A large integer among %s is found in a few times the time of JSON.parse', (_, text) => {
  const withoutIt = text.replaceAll('12345678901234567890', '1234567890');
  const fastest = (run: () => unknown) =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const before = process.cpuUsage();
        run();
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      }),
    );
  expect(fastest(() => parse(text))).toBeLessThan(10 * fastest(() => JSON.parse(withoutIt)) + 100);
});

function outcomeOf(run: () => unknown): string {
  try {
    run();
    return 'parsed';
  } catch {
    return 'refused';
  }
}
