import { z } from 'zod';
import { idParam, rowId } from '../../http/wire.schema.ts';

export const RankParams = z.object({ id: idParam, articleId: idParam });
export type RankParams = z.output<typeof RankParams>;

export const RankPlace = z
  .strictObject({
    first: z.literal(true).optional().meta({ description: 'Before all ranked articles of the category.' }),
    before: rowId.optional().meta({ description: 'The id of a ranked article of the category.' }),
    after: rowId.optional().meta({ description: 'The id of a ranked article of the category.' }),
  })
  .refine((place) => Object.values(place).filter((value) => value !== undefined).length === 1, {
    error: 'must contain one of first, before and after',
  })
  .meta({
    id: 'RankPlace',
    description: 'The new place of the article: one of `first`, `before` and `after`.',
    minProperties: 1,
    maxProperties: 1,
    examples: [{ first: true }],
  });
export type RankPlace = z.output<typeof RankPlace>;
