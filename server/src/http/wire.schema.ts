import { z } from 'zod';
import { MAX, SLUG_PATTERN } from '../database/schema/field-limits.ts';
import { hasVisibleCharacter, trimBlanks } from './blanks.ts';
import { DEFAULT_MAX_IDS } from './request-limits.ts';
import { parseRfc3339 } from './rfc3339-time.ts';

const MAX_BIGINT = 9_223_372_036_854_775_807n;
/** PostgreSQL has no year 0. */
const MIN_TIME = Date.parse('0001-01-01T00:00:00Z');
const MAX_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** Returns whether PostgreSQL can store the string: it contains no NUL and no lone surrogate. */
export const isStorable = (value: string) => !value.includes('\0') && value.isWellFormed();
const fitsLength = (value: string, max: number) => value.length <= max || [...value].length <= max;

/** Text of at most `max` characters (code points, as in PostgreSQL). */
export const text = (max: number, base = z.string()) =>
  base
    .refine(isStorable, 'must not contain NUL or a lone surrogate')
    .refine((value) => fitsLength(value, max), {
      error: `must be at most ${max} characters`,
      params: { code: 'too_long' },
    })
    .meta(max === Number.POSITIVE_INFINITY ? {} : { maxLength: max });

/** Text of one name: without blanks at its ends, and not blank. */
export const filledText = (max: number) =>
  text(max, z.string().overwrite(trimBlanks))
    .refine(hasVisibleCharacter, { error: 'must not be blank', params: { code: 'blank' } })
    .meta({ minLength: 1, description: 'Blanks at its ends are removed.' });

/** A slug chosen by a client: lowercase letters and digits in groups joined by single hyphens, not only digits. */
export const slug = (max: number) =>
  z
    .string()
    .max(max)
    .regex(new RegExp(SLUG_PATTERN), {
      error: 'must consist of lowercase letters (a to z) and digits, in groups joined by single hyphens',
      abort: true,
    })
    .refine((value) => !isDigits(value), 'must not consist of digits only, because it would be taken for an id');

/** @param max milliseconds since 1970 */
const timeOf = (rounding: 'down' | 'up', max: number, base = z.string()) =>
  base
    .transform((value, context) => {
      const time = parseRfc3339(value, rounding);
      if (time !== null) return new Date(time);
      context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time such as 2026-01-31T12:00:00Z' });
      return z.NEVER;
    })
    .refine((value) => value.getTime() >= MIN_TIME && value.getTime() <= max, 'must be within the years 1 to 9999');

const TIME = { override: { type: 'string', format: 'date-time', examples: ['2026-01-31T12:00:00Z'] } } as const;

/** An RFC 3339 time with any offset. Fractions of a millisecond are dropped, so that "now" is never in the future. */
export const dateTime = timeOf('down', MAX_TIME).meta(TIME);

/** `+02:00` in a query string is decoded to ` 02:00` unless the client encodes the plus sign, which many forget. */
const withPlusSign = (value: string) => value.replace(/ (?=\d\d:\d\d$)/, '+');

/**
 * A bound of a range of times, `gte` or `lt`, in the syntax of PostgreSQL. Stored times are whole milliseconds, so a bound
 * between two of them selects the same rows as the later one: rounded up, it is exact. After the last millisecond that can
 * be stored (`9999-12-31T23:59:59.999999Z`, the largest time of Python) comes `infinity`.
 */
export const timeBound = timeOf('up', MAX_TIME + 1, z.string().overwrite(withPlusSign))
  .transform((value) => (value.getTime() > MAX_TIME ? 'infinity' : value.toISOString()))
  .meta(TIME);

/** A time in a response, always in UTC with milliseconds. */
export const dateTimeOut = z.iso
  .datetime()
  .meta({ override: { type: 'string', format: 'date-time', examples: ['2026-01-31T12:00:00.000Z'] } });

/** A whole number in a response that a `bigint` holds. The document would otherwise name JavaScript's bounds, 2^53 - 1. */
export const int64Out = (minimum: number) =>
  z
    .int()
    .min(minimum)
    .meta({ override: { type: 'integer', minimum, format: 'int64' } });

/** An id in a response. */
export const idOut = int64Out(1);

/** A number of rows in a response. */
export const countOut = int64Out(0);

/** The version of a row in a response, an `integer` column. */
export const versionOut = z.int32().min(1);

/** A name and a slug in a response. */
export const nameOut = z.string().max(MAX.name);
export const slugOut = z.string().max(MAX.slug);

/** Digits are an id; a slug never consists of digits only. */
export const isDigits = (value: string) => /^\d+$/.test(value);
export const withoutLeadingZeros = (digits: string) => digits.replace(/^0+(?=\d)/, '');

/** Returns whether a `bigint` column can hold the id. Takes the digits as text, so nothing is rounded. */
export const isInBigintRange = (digits: string) => digits.length < 19 || BigInt(digits) <= MAX_BIGINT;

export const ID_TOO_LARGE = { error: 'must fit a signed 64-bit integer', params: { code: 'too_large' } };

/** An id in a request, in JSON Schema. */
const ID = { type: 'integer', minimum: 1, format: 'int64' };

/** An id in a body: a JSON integer, kept as digits so that an error names even an id beyond 2^53 exactly. */
const id = z
  .union([z.int(), z.bigint()], 'must be an integer')
  .refine((value) => value > 0, { error: 'must be positive', params: { code: 'too_small' } })
  .transform(String)
  .refine(isInBigintRange, ID_TOO_LARGE)
  .meta({ override: ID });

/**
 * Converts the digits of an id to a number. Ids are generated from 1 up, so no row has one above 2^53, where a number
 * would be rounded. Such an id stays a string despite its type: PostgreSQL compares it exactly and finds no row, and the
 * problem names it exactly.
 */
const parseId = (digits: string) => {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : (withoutLeadingZeros(digits) as unknown as number);
};

/** The id of a row in a body. */
export const rowId = id.transform(parseId);
/** The id of a row, or null. */
export const optionalId = rowId.nullable();

/** Schemas of lists of ids, which are limited to `MAX_IDS` ids, or to `max` if that is less. */
export const idLists = z.registry<{ max: number }>();

/** Returns how many ids a schema takes if it is a list of ids, also an optional or nullable one. */
export const maxIdsOf = (schema: z.ZodType): number | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? maxIdsOf(schema.unwrap() as z.ZodType)
    : idLists.get(schema)?.max;

/** Ids in a significant order, exactly as sent: an id can occur twice. */
export const idList = z
  .array(id)
  .meta({ override: { type: 'array', items: ID, maxItems: DEFAULT_MAX_IDS } })
  .register(idLists, { max: Number.POSITIVE_INFINITY });

/** An id in a path. */
export const idParam = z
  .string()
  .refine(isDigits, { error: 'must be an id', abort: true })
  .refine((digits) => isInBigintRange(withoutLeadingZeros(digits)), ID_TOO_LARGE)
  .transform(parseId)
  .meta({ description: 'An id.', override: ID });

/** How a path identifies a row: digits are an id, anything else is a slug. */
export type IdOrSlug = { id: number } | { slug: string };

export const idOrSlugParam = z
  .string()
  .refine(isStorable, 'must not contain NUL or a lone surrogate')
  .transform((value, context): IdOrSlug => {
    if (!isDigits(value)) return { slug: value };
    const parsed = idParam.safeParse(value);
    if (parsed.success) return { id: parsed.data };
    context.addIssue({ code: 'custom', message: ID_TOO_LARGE.error, params: ID_TOO_LARGE.params });
    return z.NEVER;
  })
  .meta({ description: 'An id (digits) or a slug.', override: { type: 'string', minLength: 1, maxLength: MAX.slug } });

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

/** A row as it appears inside another row. */
export const Reference = z
  .object({ id: idOut, name: nameOut, slug: slugOut })
  .meta({ id: 'Reference', description: 'A row such as a category or an author, as it appears inside another row.' });
