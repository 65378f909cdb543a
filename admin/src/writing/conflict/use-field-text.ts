import { useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../../api/bylines.ts';
import { categoriesByIdQuery, fullName } from '../../pickers/categories.queries.ts';
import { texts } from '../../texts/texts.ts';
import type { FieldName, Fields } from '../saving/fields.ts';

/** Says the value of a field as a text: links by their names. */
export function useFieldText(a: Fields, b: Fields): (name: FieldName, fields: Fields) => string {
  const { data: categories = [] } = useQuery(categoriesByIdQuery([...new Set([...a.categoryIds, ...b.categoryIds])]));
  const { data: authors = [] } = useQuery(bylinesQuery);
  const named = categories.map((category) => ({ id: category.id, name: fullName(category) }));
  const namesOf = (ids: readonly number[], rows: readonly { id: number; name: string }[]) =>
    ids.map((id) => rows.find((row) => row.id === id)?.name ?? texts.writing.deletedRow(id)).join(', ');
  return (name, fields) => {
    if (name === 'categoryIds') return namesOf(fields.categoryIds, named);
    if (name === 'authorIds') return namesOf(fields.authorIds, authors);
    return fields[name];
  };
}
