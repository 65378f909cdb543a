import { sql } from 'drizzle-orm';
import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listFirst: [[sql`select 'article 1 has no revision'`]],
} satisfies SamplesOf<typeof import('./violations.queries.ts')>;
