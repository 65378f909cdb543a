import type { DemoWorkingDraft } from './publication.ts';

export const workingDrafts: readonly DemoWorkingDraft[] = [
  {
    article: 'the-croissant-index',
    title: 'The Croissant Index, Revised',
    excerpt: 'A year later we bought them all again. Kiln Hill has kept its view and raised its price.',
    categories: ['pastry', 'markets', 'trams'],
  },
];
