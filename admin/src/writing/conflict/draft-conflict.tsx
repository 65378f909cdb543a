import type { Problem } from '@rubric/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog, DialogActions } from '../../design/dialog.tsx';
import { toast } from '../../design/toast.tsx';
import { texts } from '../../texts/texts.ts';
import type { Choice } from '../saving/deciding.ts';
import { type FieldName, fieldsOf } from '../saving/fields.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { ConflictField } from './conflict-field.tsx';
import { publishChange } from './publish-change.ts';
import { useFieldText } from './use-field-text.ts';

interface DraftConflictProps {
  writer: Writer;
  problem: Extract<Problem, { code: 'draft_conflict' }>;
  onClose: () => void;
}

/** The article has been changed since its draft was begun, in fields that the draft has changed too. */
export function DraftConflict({ writer, problem, onClose }: DraftConflictProps) {
  const { opened } = writer;
  const state = useWriterState(writer, (present) => present);
  const theirs = opened ? fieldsOf(opened.article) : state.mine;
  const textOf = useFieldText(state.mine, theirs);
  const names = (problem.errors ?? []).map(({ pointer }) => pointer.slice(1) as FieldName);
  const [choices, setChoices] = useState<Partial<Record<FieldName, Choice>>>({});
  const publish = useMutation({
    mutationFn: () =>
      publishChange(
        writer,
        Object.fromEntries(names.map((name) => [name, choices[name] === 'theirs' ? 'article' : 'draft'])),
      ),
    meta: { failure: texts.writing.notPublished },
    onSuccess: () => {
      toast.done({ title: texts.writing.done.published });
      onClose();
    },
  });
  return (
    <Dialog
      open
      width="lg"
      title={texts.writing.conflict}
      description={texts.writing.draftConflictLead}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        {names.map((name) => (
          <ConflictField
            key={name}
            label={texts.writing.fields[name]}
            choices={['mine', 'theirs']}
            choice={choices[name] ?? 'mine'}
            versions={{ mine: textOf(name, state.mine), theirs: textOf(name, theirs) }}
            names={{ mine: texts.writing.draftVersion, theirs: texts.writing.liveVersion }}
            onChoose={(choice) => setChoices({ ...choices, [name]: choice })}
          />
        ))}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{texts.design.cancel}</Button>
        <Button look="primary" busy={publish.isPending} onClick={() => publish.mutate()}>
          {texts.writing.publishChange}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
