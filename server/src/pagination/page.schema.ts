import { z } from 'zod';
import { listParam } from '../http/list-parameters.schema.ts';
import { booleanParam, countOut, integerParam } from '../http/wire.schema.ts';

const MAX_LIMIT = 100;
/** Two fit into the 16 KiB of headers that clients read. The path to level 900 of a tree with ids of seven digits takes 5,000. */
const MAX_CURSOR = 5_000;

const cursor = z
  .string()
  .min(1)
  .max(MAX_CURSOR)
  .meta({ description: 'A cursor from `page.next` or `page.previous` of the same list.' });

/** The query parameters of a list with cursors. */
export const cursorParameters = {
  limit: integerParam(1, MAX_LIMIT).default(20),
  after: cursor.optional(),
  before: cursor.optional(),
};

/** The query parameters of a list that also has numbered pages and a total. */
export const pageParameters = {
  ...cursorParameters,
  page: integerParam(1, 1_000_000_000)
    .optional()
    .meta({ description: 'A page number, up to row 10,000. Cannot be combined with a cursor.' }),
  total: booleanParam.default(false).meta({ description: 'Adds the exact number of matches.' }),
};

/**
 * The parameter `fields` of a list or a single row. The response schema requires all fields that are present without it:
 * with optional fields, every client would have to test each field of a complete row.
 */
export const fieldsParam = <const T extends readonly string[]>(names: T) =>
  listParam(names)
    .optional()
    .meta({
      description:
        'Returns only these fields of each row, separated by commas. The schema of the response describes rows without ' +
        '`fields`; with it, the fields that are not named are missing, also required ones.',
    });

export type CursorParameters = z.output<z.ZodObject<typeof cursorParameters>>;
export type PageParameters = z.output<z.ZodObject<typeof pageParameters>>;

const Page = z
  .object({
    limit: z.int().min(1).max(MAX_LIMIT),
    next: z
      .string()
      .max(MAX_CURSOR)
      .nullable()
      .meta({ description: 'Send it as `after` to get the next page; null on the last page.' }),
    previous: z.string().max(MAX_CURSOR).nullable().meta({
      description:
        'Send it as `before` to get the previous page; null on the first page. Past the end it leads to the last page.',
    }),
    total: countOut.optional().meta({ description: 'The exact number of matches, with `total=true`.' }),
  })
  .meta({ id: 'Page', description: 'Where a list continues.' });

/** Returns the schema of a list response whose items have the schema `item`. */
export const envelopeOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item).max(MAX_LIMIT), page: Page });
