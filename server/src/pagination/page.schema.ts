import { z } from 'zod';
import { booleanParam, integerParam } from '../http/wire.schema.ts';

const cursor = z
  .string()
  .min(1)
  .max(5_000) // a title of 500 control characters, each written as \u0001, takes 4,100
  .meta({ description: 'A cursor from `page.next` or `page.previous` of the same list.' });

/** The query parameters of every list. */
export const pageParameters = {
  limit: integerParam(1, 100).default(20),
  after: cursor.optional(),
  before: cursor.optional(),
  page: integerParam(1, 1_000_000_000)
    .optional()
    .meta({ description: 'A page number, up to row 10,000. Cannot be combined with a cursor.' }),
  total: booleanParam.default(false).meta({ description: 'Adds the exact number of matches.' }),
};

export type PageParameters = z.output<z.ZodObject<typeof pageParameters>>;

/** Returns the schema of a list response whose items have the schema `item`. */
export const envelopeOf = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    page: z.object({
      limit: z.int(),
      next: z
        .string()
        .nullable()
        .meta({ description: 'Send it as `after` to get the next page; null on the last page.' }),
      previous: z.string().nullable().meta({
        description:
          'Send it as `before` to get the previous page; null on the first page. Past the end it leads to the last page.',
      }),
      total: z.int().optional().meta({ description: 'The exact number of matches, with `total=true`.' }),
    }),
  });
