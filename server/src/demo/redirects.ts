import type { DemoRedirect } from './publication.ts';

/** The Six-Ten had a blog before. */
export const redirects: readonly DemoRedirect[] = [
  { path: '/2019/05/in-praise-of-the-number-four-tram/', article: 'in-praise-of-line-4' },
];
