import { useNavigate } from '@tanstack/react-router';
import { Button } from '../design/button.tsx';
import { SelectField } from '../design/select.tsx';
import { texts } from '../texts/texts.ts';
import type { AuditFilter } from './audit-filter.ts';
import { DraftField } from './draft-field.tsx';
import { actionOptions } from './sentences.ts';

const SUBJECTS = [
  'article',
  'category',
  'author',
  'account',
  'invitation',
  'token',
  'session',
  'preview',
  'redirect',
] as const;
const SUBJECT_OPTIONS = [
  { value: '', label: texts.audit.everything },
  ...SUBJECTS.map((value) => ({ value: value as string, label: texts.audit.subjects[value] })),
];

interface AuditFiltersProps {
  filter: AuditFilter;
  names: ReadonlyMap<number, string>;
}

/** The filters; each change is a new address. */
export function AuditFilters({ filter, names }: AuditFiltersProps) {
  const navigate = useNavigate({ from: '/audit' });
  const set = (part: Record<string, unknown>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const people = [...names].map(([id, name]) => ({ value: String(id), label: name }));
  return (
    <form
      aria-label={texts.audit.filters}
      className="mb-4 grid grid-cols-2 items-end gap-3 md:grid-cols-3 xl:grid-cols-6"
      onSubmit={(event) => event.preventDefault()}
    >
      <SelectField
        label={texts.audit.by}
        value={filter.account === undefined ? '' : String(filter.account)}
        options={[{ value: '', label: texts.audit.everybody }, ...people]}
        onChange={(value) => set({ account: value === '' ? undefined : Number(value) })}
      />
      <SelectField
        label={texts.audit.about}
        value={filter.subject ?? ''}
        options={SUBJECT_OPTIONS}
        onChange={(value) => set({ subject: value || undefined, subjectId: undefined })}
      />
      <SelectField
        label={texts.audit.action}
        value={filter.action ?? ''}
        options={[{ value: '', label: texts.audit.anything }, ...actionOptions(filter.action)]}
        onChange={(action) => set({ action: action || undefined })}
      />
      <DraftField
        label={texts.audit.from}
        type="date"
        value={filter.from ?? ''}
        onChange={(from) => set({ from: from || undefined })}
      />
      <DraftField
        label={texts.audit.to}
        type="date"
        value={filter.to ?? ''}
        onChange={(to) => set({ to: to || undefined })}
      />
      {Object.keys(filter).length > 0 && (
        <Button look="quiet" onClick={() => void navigate({ search: {}, replace: true })}>
          {texts.audit.clear}
        </Button>
      )}
    </form>
  );
}
