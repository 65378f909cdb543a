import { type SamplesOf } from '../../scripts/sample-values.ts';
import { ANONYMOUS } from '../access/principal.ts';
import { readScopeOf } from '../articles/visibility/visibility.ts';

export const samples = {
  findTargetOfPath: [['/2019/05/a-post', null, readScopeOf(ANONYMOUS)]],
} satisfies SamplesOf<typeof import('./resolve.queries.ts')>;
