import { z } from 'zod';
import { MAX, SLUG_PATTERN } from '../database/schema/field-limits.ts';
import { DEFAULT_MAX_IDS } from './request-limits.ts';
import { ID_TOO_LARGE, idLists, isDigits, isInBigintRange, withoutLeadingZeros } from './wire.schema.ts';

/** Parameters of a query string that take a list: `status=draft,trashed`, or `status=draft&status=trashed`. */

/**
 * The parts of a list, as sent. Clients separate them by commas, repeat the parameter, or both. An issue about a part has
 * the part in `params.value`.
 */
const parts = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value : value.join()).split(','));

const SLUG = new RegExp(SLUG_PATTERN);
const isSlug = (part: string) => part.length <= MAX.slug && SLUG.test(part);

/** Names from a fixed set, without duplicates. An empty value is rejected. */
export const listParam = <const T extends readonly string[]>(names: T) =>
  parts
    .transform((requested, context) => {
      const unique = [...new Set(requested)];
      for (const name of unique.filter((each) => !names.includes(each)))
        context.addIssue({ code: 'custom', message: `must contain only ${names.join(', ')}`, params: { value: name } });
      return unique.filter((each): each is T[number] => names.includes(each));
    })
    .meta({
      description: 'One or more names, separated by commas.',
      override: { type: 'array', items: { type: 'string', enum: [...names] }, minItems: 1 },
    });

/** Ids, or what `isOther` accepts, without duplicates. Kept as text, ids without leading zeros. */
const references = (noun: string, isOther: (part: string) => boolean) =>
  parts.transform((requested, context) => {
    const unique = new Set<string>();
    for (const part of requested) {
      const id = isDigits(part) ? withoutLeadingZeros(part) : null;
      if (id !== null && !isInBigintRange(id))
        context.addIssue({
          code: 'custom',
          message: ID_TOO_LARGE.error,
          params: { ...ID_TOO_LARGE.params, value: part },
        });
      else if (id === null && !isOther(part))
        context.addIssue({ code: 'custom', message: `must be ${noun}, separated by commas`, params: { value: part } });
      unique.add(id ?? part);
    }
    return [...unique];
  });

/** Ids or slugs. Text that cannot be either is rejected, because unknown ids and slugs are ignored. */
export const idsOrSlugs = references('ids or slugs', isSlug)
  .meta({
    override: {
      type: 'array',
      items: { type: 'string', pattern: SLUG_PATTERN, maxLength: MAX.slug },
      minItems: 1,
      maxItems: DEFAULT_MAX_IDS,
    },
  })
  .register(idLists, { max: Number.POSITIVE_INFINITY });

/** The most ids in `ids`: as many as a page can hold. */
const MAX_IDS_PARAM = 100;

/** The ids of rows to select. */
export const idsParam = references('ids', () => false)
  .meta({
    override: {
      type: 'array',
      items: { type: 'integer', minimum: 1, format: 'int64' },
      minItems: 1,
      maxItems: MAX_IDS_PARAM,
    },
  })
  .register(idLists, { max: MAX_IDS_PARAM });

/** The digits of the largest 64-bit integer; zeros before them are permitted. */
const MAX_ID_LENGTH = 100;

/** The id of a row, or `null`. An id beyond 2^53 stays exact. */
export const idOrNullParam = z
  .string()
  .max(MAX_ID_LENGTH)
  .transform((value, context) => {
    if (value === 'null') return null;
    if (!isDigits(value)) context.addIssue({ code: 'custom', message: 'must be an id or null' });
    else if (!isInBigintRange(withoutLeadingZeros(value)))
      context.addIssue({ code: 'custom', message: ID_TOO_LARGE.error, params: ID_TOO_LARGE.params });
    return withoutLeadingZeros(value);
  })
  .meta({ override: { type: 'string', pattern: '^([0-9]+|null)$', maxLength: MAX_ID_LENGTH } });
