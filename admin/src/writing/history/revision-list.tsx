import type { Revision } from '@rubric/client';
import { useEffect, useRef } from 'react';
import { classNames } from '../../design/class-names.ts';
import { formatTime } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';

interface RevisionListProps {
  revisions: readonly Revision[];
  chosen: number | undefined;
  onChoose: (number: number) => void;
}

/** The saved versions to choose from, the newest first. It comes after the dialog has looked for something to focus. */
export function RevisionList({ revisions, chosen, onChoose }: RevisionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <ul
      ref={list}
      aria-label={texts.writing.revisions}
      className="flex max-h-[60dvh] flex-col overflow-y-auto max-md:max-h-48 md:sticky md:top-0 md:self-start"
    >
      {revisions.map((each) => (
        <li key={each.number}>
          <button
            type="button"
            aria-pressed={each.number === chosen}
            onClick={() => onChoose(each.number)}
            className={classNames(
              'w-full rounded-md px-2.5 py-1.5 text-left text-sm -outline-offset-2! hover:bg-wash',
              each.number === chosen && 'bg-wash',
            )}
          >
            <span className="block font-medium">{formatTime(new Date(each.at))}</span>
            <span className="block text-xs text-soft">{summaryOf(each)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function summaryOf({ kind, by, changed }: Revision): string {
  const name = by === null ? '' : 'command' in by ? by.command : (by.name ?? '');
  const what =
    kind === 'change' && changed.length > 0
      ? changed.map((field) => texts.writing.fields[field]).join(', ')
      : texts.writing.revisionKinds[kind];
  return name ? `${what} · ${name}` : what;
}
