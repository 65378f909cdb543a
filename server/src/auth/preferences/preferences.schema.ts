import { z } from 'zod';
import { MAX } from '../../database/schema/field-limits.ts';
import { dateTimeOut } from '../../http/wire.schema.ts';

const MAX_KEYS = 100;
/** Any JSON. */
const value = z.unknown();
/** Deeper values overflow the stack of `JSON.stringify`, which also rejects the BigInts of long integers. */
const MAX_DEPTH = 100;

function isStorable(values: object): boolean {
  const remaining: [value: unknown, depth: number][] = [[values, 0]];
  for (const [each, depth] of remaining) {
    if (typeof each === 'bigint' || depth > MAX_DEPTH) return false;
    if (typeof each !== 'object' || each === null) continue;
    for (const child of Object.values(each)) remaining.push([child, depth + 1]);
  }
  return true;
}

const key = z.string().regex(/^[a-z][A-Za-z0-9.-]{0,63}$/);

const example = { theme: 'dark', 'articles.columns': ['title', 'status', 'updatedAt'] };

export const PreferencesReplacement = z
  .strictObject({
    values: z
      .record(key, value)
      .refine((values) => Object.keys(values).length <= MAX_KEYS, {
        error: `must have at most ${MAX_KEYS} keys`,
        params: { code: 'too_big' },
      })
      .refine(isStorable, {
        error: `must have at most ${MAX_DEPTH} levels, and no integer beyond 2^53`,
        abort: true,
      })
      .refine((values) => Buffer.byteLength(JSON.stringify(values)) <= MAX.preferences, {
        error: `must be at most ${MAX.preferences} bytes of JSON`,
        params: { code: 'too_big' },
      })
      .meta({ description: 'All values by their keys; a key that is absent is removed.' }),
  })
  .meta({ id: 'PreferencesReplacement', examples: [{ values: example }] });
export type PreferencesReplacement = z.output<typeof PreferencesReplacement>;

export const Preferences = z
  .object({
    values: z.record(z.string(), value),
    version: z.int32().min(0).meta({ description: '0 before the first write.' }),
    updatedAt: dateTimeOut.nullable(),
  })
  .meta({ id: 'Preferences', examples: [{ values: example, version: 3, updatedAt: '2026-01-12T09:30:00.000Z' }] });
