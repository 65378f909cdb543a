import { z } from 'zod';
import { booleanParam, integerParam } from '../http/wire.schema.ts';

const cursor = z
  .string()
  .min(1)
  .max(5_000) // a title of 500 control characters, each written as \u0001, takes 4,100
  .meta({ description: 'A cursor from `page.next` or `page.previous` of the same list.' });

/** The parameters that every list takes. */
export const pageParameters = {
  limit: integerParam(1, 100).default(20),
  after: cursor.optional(),
  before: cursor.optional(),
  page: integerParam(1, 1_000_000_000)
    .optional()
    .meta({ description: 'A numbered page, up to row 10,000; not together with a cursor.' }),
  total: booleanParam.default(false).meta({ description: 'Adds the exact number of matches.' }),
};

export type PageParameters = z.output<z.ZodObject<typeof pageParameters>>;

/** The envelope of a list whose rows look like `row`. */
export const envelopeOf = <T extends z.ZodType>(row: T) =>
  z.object({
    data: z.array(row),
    page: z.object({
      limit: z.int(),
      next: z.string().nullable().meta({ description: 'Send it as `after` for the next page; null at the end.' }),
      previous: z.string().nullable().meta({
        description: 'Send it as `before` for the page before; null at the start. Past the end it is the last page.',
      }),
      total: z.int().optional().meta({ description: 'The exact number of matches, when `total=true` asked for it.' }),
    }),
  });
