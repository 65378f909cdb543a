import { Icon } from '../../design/icon.tsx';
import { formatMoment } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';
import type { State } from '../saving/machine.ts';
import { useWriterState, type Writer } from '../use-writing.ts';

/** Says what autosave did. A screen reader hears only what went wrong, and that it went well again. */
export function SaveStatus({ writer }: { writer: Writer }) {
  const phase = useWriterState(writer, (state) => state.phase);
  const text = useWriterState(writer, (state) => statusText(state, writer.autosave.isKept));
  const isTrouble = phase === 'unreachable' || phase === 'refused' || phase === 'gone';
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-sm text-soft">
      {isTrouble && <Icon name="warning" className="size-4 text-due" />}
      <span className="truncate" data-save={phase}>
        {text}
      </span>
      <span role="status" className="sr-only">
        {isTrouble ? text : ''}
      </span>
    </span>
  );
}

function statusText({ phase, stored, problem }: State, isKept: boolean): string {
  const { status } = texts.writing;
  switch (phase) {
    case 'saved':
      return savedText(stored);
    case 'changed':
    case 'saving':
      return status.saving;
    case 'unreachable':
      return isKept ? status.kept : status.notKept;
    case 'refused':
      return problem ?? status.refused;
    case 'gone':
      return status.gone;
    case 'conflict':
      return status.conflict;
  }
}

/** Of a live article it also says what readers see of what is typed: nobody would dare to change one otherwise. */
function savedText({ target, at }: State['stored']): string {
  const { status } = texts.writing;
  if (target.kind === 'new') return status.empty;
  const saved = status.saved(formatMoment(new Date(at)));
  if (target.kind === 'article') return saved;
  return target.exists ? status.savedDraft(saved) : status.savedLive(saved);
}
