import { z } from 'zod';
import { SLUG_PATTERN } from '../database/schema/field-limits.ts';

const MAX_BIGINT = 9_223_372_036_854_775_807n;
/** PostgreSQL writes the year 99 as `0099-01-01 00:00:00+00`, and JavaScript reads that as 1999. */
const EARLIEST = Date.parse('0100-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A string that PostgreSQL can store: no NUL, no broken surrogate. */
const isStorable = (value: string) => !value.includes('\0') && value.isWellFormed();
const characters = (value: string, max: number) => value.length <= max || [...value].length <= max;

/** Any text of at most `max` characters (code points, as PostgreSQL counts them). */
export const text = (max: number) =>
  z
    .string()
    .refine(isStorable, 'must not hold a NUL or a broken surrogate')
    .refine((value) => characters(value, max), {
      error: `must be at most ${max} characters`,
      params: { code: 'too_long' },
    })
    .meta(max === Number.POSITIVE_INFINITY ? {} : { maxLength: max });

/** One character that can be seen: PostgreSQL's idea of a space depends on the locale and lies within this one. */
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}]/u;

/** The same, and not blank. */
export const filledText = (max: number) =>
  text(max)
    .refine((value) => VISIBLE.test(value), { error: 'must not be blank', params: { code: 'blank' } })
    .meta({ minLength: 1 });

/** A slug that a client chooses: small letters and digits in groups joined by single hyphens, not only digits. */
export const slug = (max: number) =>
  z
    .string()
    .max(max)
    .regex(new RegExp(SLUG_PATTERN), {
      error: 'must be small letters (a to z) and digits, in groups joined by single hyphens',
      abort: true,
    })
    .refine((value) => !/^\d+$/.test(value), 'must not be only digits: that would read as an id');

/** An instant as RFC 3339 writes it, in any offset; kept to the millisecond. */
export const dateTime = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-01-31T12:00:00Z' })
  .transform((value) => new Date(value))
  .refine((value) => value.getTime() >= EARLIEST && value.getTime() <= LATEST, 'must lie in the years 100 to 9999')
  .meta({ override: { type: 'string', format: 'date-time', examples: ['2026-01-31T12:00:00Z'] } });

/** An instant in a response: always UTC, always milliseconds. */
export const dateTimeOut = z.iso
  .datetime()
  .meta({ override: { type: 'string', format: 'date-time', examples: ['2026-01-31T12:00:00.000Z'] } });

/** An id in a response. */
export const idOut = z.int().min(1);

/** Is it an id that a signed 64-bit column can hold? Takes the digits, so that nothing is rounded. */
const fitsBigint = (digits: string) => digits.length < 19 || BigInt(digits) <= MAX_BIGINT;

const tooLarge = { error: 'must fit a signed 64-bit integer', params: { code: 'too_large' } };

/**
 * An id in a body: a JSON integer, kept as its digits so that even one beyond 2^53 is named exactly when it is unknown.
 */
const id = z
  .union([z.int(), z.bigint()], 'must be an integer')
  .refine((value) => value > 0, { error: 'must be positive', params: { code: 'too_small' } })
  .transform(String)
  .refine(fitsBigint, tooLarge)
  .meta({ override: { type: 'integer', minimum: 1, format: 'int64' } });

/**
 * The id that these digits name. Rows count up from 1, so that none lies above 2^53, where a number would round: such an
 * id stays text under the type's name, which PostgreSQL compares and a problem names exactly, and no answer holds.
 */
const exactId = (digits: string) => {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : (digits.replace(/^0+/, '') as unknown as number);
};

/** A reference to one row, or to none. */
export const optionalId = id.transform(exactId).nullable();

/** What lists ids, of which one request may name no more than `MAX_IDS`. */
const idLists = z.registry<{ ids: true }>();

/** Does a field of this schema list ids? */
export const listsIds = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? listsIds(schema.unwrap() as z.ZodType)
    : idLists.get(schema) !== undefined;

/** Ids in an order that counts, as they were sent: an id may be there twice. */
export const idList = z.array(id).register(idLists, { ids: true });

/** An id in a path. */
const pathDigits = z
  .string()
  .regex(/^\d+$/, { error: 'must be an id', abort: true })
  .refine((digits) => fitsBigint(digits.replace(/^0+/, '')), tooLarge)
  .transform(exactId)
  .meta({ description: 'An id.', override: { type: 'integer', minimum: 1, format: 'int64' } });

export const idParam = pathDigits;

/** What a path names a row by: digits are an id, all else is a slug. */
export type IdOrSlug = { id: number } | { slug: string };

export const idOrSlugParam = z
  .string()
  .refine(isStorable, 'must not hold a NUL or a broken surrogate')
  .transform((value, context): IdOrSlug => {
    if (!/^\d+$/.test(value)) return { slug: value };
    const parsed = pathDigits.safeParse(value);
    if (parsed.success) return { id: parsed.data };
    context.addIssue({ code: 'custom', message: tooLarge.error, params: tooLarge.params });
    return z.NEVER;
  })
  .meta({ description: 'An id (digits) or a slug.', override: { type: 'string' } });

/** A whole number in a query string. */
export const integerParam = (min: number, max: number) =>
  z
    .string()
    .refine((value) => /^\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number)
    .meta({
      description: `A whole number from ${min} to ${max}.`,
      override: { type: 'integer', minimum: min, maximum: max },
    });

/** `true` or `false` in a query string. */
export const booleanParam = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true')
  .meta({ override: { type: 'boolean' } });

/** Names from a closed set, comma between; each at most once. An empty value is refused. */
export const listParam = <const T extends readonly string[]>(names: T) =>
  z
    .string()
    .transform((value, context) => {
      const given = [...new Set(value.split(','))];
      for (const name of given.filter((each) => !names.includes(each))) {
        context.addIssue({
          code: 'custom',
          message: `must be any of ${names.join(', ')}, not ${JSON.stringify(name)}`,
        });
      }
      return given.filter((each): each is T[number] => names.includes(each));
    })
    .meta({
      description: 'One or more names, comma between.',
      override: { type: 'array', items: { type: 'string', enum: [...names] } },
    });

/** Another row as it appears inside a row. */
export const Reference = z
  .object({ id: idOut, name: z.string(), slug: z.string() })
  .meta({ id: 'Reference', description: 'A row such as a category or an author, as it appears inside another row.' });

/** Categories or authors in a query string, each by id or slug, comma between. Kept as text; ids in their shortest form. */
export const idsOrSlugs = z
  .string()
  .refine(isStorable, 'must not hold a NUL or a broken surrogate')
  .transform((value, context) => {
    const names = value.split(',');
    if (names.includes('')) context.addIssue({ code: 'custom', message: 'must be ids or slugs with a comma between' });
    const shortest = names.map((name) => (/^\d+$/.test(name) ? name.replace(/^0+(?=\d)/, '') : name));
    if (shortest.some((name) => /^\d+$/.test(name) && !fitsBigint(name))) {
      context.addIssue({ code: 'custom', message: tooLarge.error, params: tooLarge.params });
    }
    return [...new Set(shortest)];
  })
  .meta({ override: { type: 'array', items: { type: 'string' } } })
  .register(idLists, { ids: true });
