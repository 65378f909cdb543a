import type { SamplesOf } from '../../../../scripts/sample-values.ts';

export const samples = {
  lockRevisionStorage: [[]],
  listUnpackedTexts: [[10]],
  findKeyframe: [['1', 'content']],
  insertPackedText: [[{ articleId: '1', number: 3, field: 'content' }, '7', Buffer.from('packed')]],
} satisfies SamplesOf<typeof import('./packing.queries.ts')>;
