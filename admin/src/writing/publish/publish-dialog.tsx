import { type Article, isProblem } from '@rubric/client';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { Button } from '../../design/button.tsx';
import { Dialog, DialogActions } from '../../design/dialog.tsx';
import { TextField } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { formatTime } from '../../design/time.tsx';
import { toast } from '../../design/toast.tsx';
import { texts } from '../../texts/texts.ts';
import { DraftConflict } from '../conflict/draft-conflict.tsx';
import { publishChange } from '../conflict/publish-change.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { findings } from './checks.ts';
import { inputOf, timeOf } from './local-time.ts';
import { publishActionOf, type When } from './publish-action.ts';

const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

interface PublishDialogProps {
  writer: Writer;
  /** Of a live article: whether its date is changed, not its text. */
  isDate: boolean;
  onClose: () => void;
}

/** Publishes: now, at a time, or the change of an article that is live. Says before what may have been forgotten. */
export default function PublishDialog({ writer, isDate, onClose }: PublishDialogProps) {
  const { opened, actions } = writer;
  const state = useWriterState(writer, (present) => present);
  const article = opened?.article;
  const isLive = article?.status === 'published';
  // A change is published now; only the date of the whole article can be another.
  const isChange = isLive && !isDate;
  const [when, setWhen] = useState<When>(article?.status === 'scheduled' || (isLive && isDate) ? 'later' : 'now');
  const [time, setTime] = useState(inputOf(article?.publishedAt ? new Date(article.publishedAt) : tomorrow()));
  /** When the time was named. */
  const [now, setNow] = useState(() => new Date());
  const action = publishActionOf({ isLive, isChange, when, time, now });
  const [isTimeMissing, setTimeMissing] = useState(false);
  const found = useMemo(() => findings(state.mine), [state.mine]);

  const publish = useMutation({
    mutationFn: () => {
      if (isChange) return publishChange(writer);
      return actions.publishAt(when === 'now' ? new Date().toISOString() : when === 'never' ? null : timeOf(time));
    },
    meta: { failure: null },
    onSuccess: (row) => {
      if (!row) return;
      toast.done({ title: doneText(row), detail: row.title });
      onClose();
    },
  });
  if (isProblem(publish.error, 'draft_conflict')) {
    return <DraftConflict writer={writer} problem={publish.error.problem} onClose={onClose} />;
  }
  const choices: When[] = isLive
    ? ['later', 'never']
    : article?.publishedAt
      ? ['now', 'later', 'never']
      : ['now', 'later'];
  return (
    <Dialog
      open
      title={isChange ? texts.writing.publishChange : isDate ? texts.writing.changeDate : texts.writing.publish}
      onClose={onClose}
    >
      {found.length > 0 && (
        <Notice tone="due" className="mb-4">
          <p className="font-medium">{texts.writing.before}</p>
          <ul className="list-disc pl-4">
            {found.map((each, index) => (
              <li key={index}>{texts.writing.checks[each.check]('text' in each ? each.text : '')}</li>
            ))}
          </ul>
        </Notice>
      )}
      {isChange ? (
        <p>{texts.writing.whenChange}</p>
      ) : (
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">{texts.writing.when}</legend>
          {choices.map((choice) => (
            <label key={choice} className="flex items-center gap-2">
              <input
                type="radio"
                name="when"
                className="accent-rubric"
                checked={when === choice}
                onChange={() => setWhen(choice)}
              />
              {texts.writing.whens[choice]}
            </label>
          ))}
        </fieldset>
      )}
      {when === 'later' && (
        <TextField
          type="datetime-local"
          className="mt-3 max-w-64"
          label={texts.writing.time}
          hint={texts.writing.zone(ZONE)}
          error={isTimeMissing && action === 'noTime' ? texts.writing.noTime : undefined}
          value={time}
          onChange={(next) => {
            setTime(next);
            setNow(new Date());
          }}
        />
      )}
      {(action === 'publishDated' || action === 'hideUntil' || action === 'redate') && (
        <Notice tone={action === 'hideUntil' ? 'due' : 'info'} role="status" className="mt-4">
          {texts.writing.publishActionNotes[action]}
        </Notice>
      )}
      {publish.error && (
        <Notice tone="danger" role="alert" className="mt-4">
          {failureText(publish.error)}
        </Notice>
      )}
      {publish.data === null && (
        <Notice tone="danger" role="alert" className="mt-4">
          {texts.writing.notSaved}
        </Notice>
      )}
      <DialogActions>
        <Button onClick={onClose}>{texts.design.cancel}</Button>
        <Button
          look="primary"
          busy={publish.isPending}
          onClick={() => (action === 'noTime' ? setTimeMissing(true) : publish.mutate())}
        >
          {texts.writing.publishActions[action]}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function doneText({ status, publishedAt }: Article): string {
  const { done } = texts.writing;
  if (publishedAt === null) return done.takenBack;
  return status === 'scheduled' ? done.scheduled(formatTime(new Date(publishedAt))) : done.published;
}

function tomorrow(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return date;
}
