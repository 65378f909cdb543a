import { Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';

export function categoryNotFound(key: IdOrSlug) {
  return new Problem(
    'not_found',
    'id' in key ? `No category has the id ${key.id}.` : `No category has the slug ${JSON.stringify(key.slug)}.`,
  );
}
