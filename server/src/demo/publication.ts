import { baking } from './articles/baking.ts';
import { ferries } from './articles/ferries.ts';
import { larder } from './articles/larder.ts';
import { loose } from './articles/loose.ts';
import { paper } from './articles/paper.ts';
import { sea } from './articles/sea.ts';
import { sky } from './articles/sky.ts';
import { streets } from './articles/streets.ts';
import { textiles } from './articles/textiles.ts';
import { authors } from './authors.ts';
import { categories } from './categories.ts';
import type { DemoPublication } from './model.ts';

export type { DemoPublication } from './model.ts';

/** The publication that `rubric demo` loads into an empty database. */
export const publication: DemoPublication = {
  name: 'The Six-Ten',
  description: 'A magazine of Port Ansel, to be read on the 6:10 ferry. No article outlasts the crossing.',
  categories,
  authors,
  articles: [...ferries, ...baking, ...larder, ...streets, ...sea, ...sky, ...paper, ...textiles, ...loose],
};
