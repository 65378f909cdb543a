import { useQuery } from '@tanstack/react-query';
import { texts } from '../../texts/texts.ts';
import type { FieldName, Fields } from '../saving/fields.ts';
import { allAuthorsQuery, categoriesQuery } from '../writing.queries.ts';

/** Says the value of a field as a text: links by their names. */
export function useFieldText(a: Fields, b: Fields): (name: FieldName, fields: Fields) => string {
  const { data: categories = [] } = useQuery(categoriesQuery([...new Set([...a.categoryIds, ...b.categoryIds])]));
  const { data: authors = [] } = useQuery(allAuthorsQuery);
  const namesOf = (ids: readonly number[], rows: readonly { id: number; name: string }[]) =>
    ids.map((id) => rows.find((row) => row.id === id)?.name ?? texts.writing.deletedRow(id)).join(', ');
  return (name, fields) => {
    if (name === 'categoryIds') return namesOf(fields.categoryIds, categories);
    if (name === 'authorIds') return namesOf(fields.authorIds, authors);
    return fields[name];
  };
}
