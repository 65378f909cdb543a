import { Icon } from '../../design/icon.tsx';
import { formatMoment } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';
import type { State } from '../saving/machine.ts';
import { useWriterState, type Writer } from '../use-writing.ts';

/** Says what autosave did. A screen reader hears only what went wrong, and that it went well again. */
export function SaveStatus({ writer }: { writer: Writer }) {
  const phase = useWriterState(writer, (state) => state.phase);
  const text = useWriterState(writer, (state) => statusText(state, writer.autosave.isKept));
  const isUntouched = useWriterState(writer, ({ stored: { target } }) => target.kind === 'draft' && !target.exists);
  const isTrouble = phase === 'unreachable' || phase === 'refused' || phase === 'gone';
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-sm text-soft">
      {isTrouble && <Icon name="warning" className="size-4 text-due" />}
      <span className="truncate" data-save={phase}>
        {text}
        {/* Nobody would dare to change a live article otherwise. A narrow head has no room for it. */}
        {phase === 'saved' && isUntouched && <span className="max-md:hidden"> · {texts.writing.status.waits}</span>}
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
      if (stored.target.kind === 'new') return status.empty;
      return status.saved(formatMoment(new Date(stored.at)), isUnpublished(stored));
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

const isUnpublished = ({ target }: State['stored']) => target.kind === 'draft' && target.exists;
