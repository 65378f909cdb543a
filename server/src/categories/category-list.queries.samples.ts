import { PAGE, type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listMatchingCategories: {
    'the children of a category (parentId=1)': [{ parentId: '1' }, 'tree', PAGE],
    'two levels of the tree, from a cursor on (depth=2&after=…)': [
      { depth: 2 },
      'tree',
      { ...PAGE, from: { key: '{0,1}', id: 1 } },
    ],
    'given categories in the order of the tree (ids=1,2)': [{ ids: ['1', '2'] }, 'tree', PAGE],
    'names that match best (q=bread)': [{ q: 'bread' }, 'relevance', PAGE],
    'the most articles first (sort=-articleCount)': [{}, '-articleCount', PAGE],
  },
  countMatchingCategories: [[{ q: 'bread', parentId: null, depth: 2 }]],
} satisfies SamplesOf<typeof import('./category-list.queries.ts')>;
