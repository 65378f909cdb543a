import { Problem } from './problems.ts';
import type { IdOrSlug } from './wire.schema.ts';

/** Creates the problem of a row that does not exist, or that the caller may not see. @param noun such as `article` */
export const notFound = (noun: string, key: IdOrSlug): Problem =>
  new Problem(
    'not_found',
    'id' in key ? `No ${noun} has the id ${key.id}.` : `No ${noun} has the slug ${JSON.stringify(key.slug)}.`,
  );
