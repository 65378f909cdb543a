import { compareTwoRevisionsOfArticle, type RevisionDiff as Diff } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../../api/bylines.ts';
import { failureText } from '../../api/failure.ts';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { formatTime } from '../../design/time.tsx';
import { categoriesByIdQuery, fullName } from '../../pickers/categories.queries.ts';
import { texts } from '../../texts/texts.ts';
import { DiffText } from './diff-text.tsx';

type FieldName = Diff['fields'][number]['field'];

/** What a revision changed, by words. */
export function RevisionDiff({ id, number }: { id: number; number: number }) {
  const { data, error } = useQuery({
    queryKey: ['articles', id, 'diff', number],
    queryFn: ({ signal }) => compareTwoRevisionsOfArticle({ path: { id, number }, signal }),
    throwOnError: false,
  });
  if (error) return <Notice tone="danger">{failureText(error)}</Notice>;
  if (!data) return <Skeleton lines={5} />;
  if (data.fields.length === 0) return <p className="text-soft">{texts.writing.firstRevision}</p>;
  return (
    <dl className="flex flex-col gap-4">
      {data.fields.filter(hasValue).map((field) => (
        <div key={field.field}>
          <dt className="mb-1 text-xs font-medium text-soft">{texts.writing.fields[field.field]}</dt>
          <dd>{'parts' in field ? <DiffText parts={field.parts} /> : <Values field={field} />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The first version says of every field that it was empty before, also of those that still are. */
const hasValue = (field: Diff['fields'][number]) => 'parts' in field || !(isEmpty(field.from) && isEmpty(field.to));
const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Fields whose values are names in the API. */
const CHOICES: Partial<Record<FieldName, Readonly<Record<string, string>>>> = {
  status: texts.articles.statuses,
  contentFormat: texts.writing.formats,
};

function Values({ field: { field, from, to } }: { field: Extract<Diff['fields'][number], { from: unknown }> }) {
  const ids = [from, to].flatMap((value) => (Array.isArray(value) ? value : []));
  const isCategories = field === 'categoryIds';
  const { data: categories = [] } = useQuery(categoriesByIdQuery(isCategories ? ids : []));
  const { data: authors = [] } = useQuery({ ...bylinesQuery, enabled: field === 'authorIds' });
  const names = new Map(
    isCategories
      ? categories.map((category) => [category.id, fullName(category)])
      : authors.map(({ id, name }) => [id, name]),
  );
  const textOf = (value: typeof from) => {
    if (Array.isArray(value)) return value.map((each) => names.get(each) ?? texts.writing.deletedRow(each)).join(', ');
    if (value === null) return '';
    return field === 'publishedAt' ? formatTime(new Date(value)) : (CHOICES[field]?.[value] ?? value);
  };
  const before = textOf(from);
  const after = textOf(to);
  return (
    <p className="whitespace-pre-wrap wrap-break-word">
      {before && <del className="bg-danger-wash text-danger">{before}</del>}
      {before && after && ' → '}
      {after && <ins className="bg-live-wash text-live no-underline">{after}</ins>}
    </p>
  );
}
