import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { recordOfLinkedTables } from '../article-relations.ts';

export const samples = {
  listNames: [[recordOfLinkedTables(() => ['1', '2'])]],
} satisfies SamplesOf<typeof import('./linked-names.queries.ts')>;
