import { z } from 'zod';
import { MAX } from '../../database/schema/field-limits.ts';
import { dateTimeOut, isStorable } from '../../http/wire.schema.ts';

const MAX_KEYS = 100;
/** Any JSON. */
const value = z.unknown();
/** Deeper values overflow the stack of `JSON.stringify`, which also rejects the BigInts of large integers. */
const MAX_DEPTH = 100;

/**
 * Adds an issue for a value that JSON or PostgreSQL cannot store unchanged. Runs on the body, because `z.record` drops
 * `__proto__`.
 */
function refuseUnstorable(values: unknown, context: z.RefinementCtx): unknown {
  if (typeof values === 'object' && values !== null && Object.hasOwn(values, '__proto__'))
    context.addIssue({ code: 'custom', path: ['__proto__'], message: 'is no key' });
  const remaining: [value: unknown, depth: number][] = [[values, 0]];
  for (const [each, depth] of remaining) {
    const message = whyNotStorable(each, depth);
    if (message) {
      context.addIssue({ code: 'custom', message });
      break;
    }
    if (typeof each !== 'object' || each === null) continue;
    for (const [key, child] of Object.entries(each)) remaining.push([key, depth], [child, depth + 1]);
  }
  return values;
}

function whyNotStorable(each: unknown, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return `must have at most ${MAX_DEPTH} levels`;
  if (typeof each === 'bigint') return 'must not contain an integer beyond 2^53';
  if (typeof each === 'number' && !Number.isFinite(each)) return 'must not contain a number beyond 1.8e308';
  if (typeof each === 'string' && !isStorable(each)) return 'must not contain NUL or a lone surrogate';
  return undefined;
}

const key = z.string().regex(/^[a-z][A-Za-z0-9.-]{0,63}$/);

const example = { theme: 'dark', 'articles.columns': ['title', 'status', 'updatedAt'] };

export const PreferencesReplacement = z
  .strictObject({
    values: z
      .preprocess(refuseUnstorable, z.record(key, value))
      .refine((values) => Object.keys(values).length <= MAX_KEYS, {
        error: `must have at most ${MAX_KEYS} keys`,
        params: { code: 'too_big' },
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
