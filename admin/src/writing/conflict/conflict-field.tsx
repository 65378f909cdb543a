import { diffWordsWithSpace } from 'diff';
import { useId } from 'react';
import { texts } from '../../texts/texts.ts';
import { DiffText } from '../history/diff-text.tsx';
import type { Choice } from '../saving/deciding.ts';

interface ConflictFieldProps {
  label: string;
  choices: readonly Choice[];
  choice: Choice;
  /** Each version, as a text. */
  versions: Record<'mine' | 'theirs', string>;
  names: Record<'mine' | 'theirs', string>;
  onChoose: (choice: Choice) => void;
  /** The text of both, to be edited. */
  joined?: string;
  onJoined?: (text: string) => void;
}

const LIMIT_MS = 500;

/** One field that two have changed: both versions, what differs, and the choice. */
export function ConflictField({
  label,
  choices,
  choice,
  versions,
  names,
  onChoose,
  joined,
  onJoined,
}: ConflictFieldProps) {
  const group = useId();
  const { mine, theirs } = versions;
  const parts = diffWordsWithSpace(theirs, mine, { timeout: LIMIT_MS })?.map(({ value, added, removed }) => ({
    op: added ? ('insert' as const) : removed ? ('delete' as const) : ('equal' as const),
    text: value,
  }));
  return (
    <fieldset className="rounded-lg bg-sheet p-4 inset-ring inset-ring-line">
      <legend className="float-left mb-2 w-full font-medium">{label}</legend>
      <div className="clear-both grid gap-3 md:grid-cols-2">
        {(['mine', 'theirs'] as const).map((side) => (
          <label
            key={side}
            className="flex flex-col gap-1 rounded-md p-3 inset-ring inset-ring-line has-checked:inset-ring-2 has-checked:inset-ring-rubric"
          >
            <span className="flex items-center gap-2 text-sm font-medium">
              <input
                type="radio"
                className="accent-rubric"
                name={group}
                checked={choice === side}
                onChange={() => onChoose(side)}
              />
              {names[side]}
            </span>
            <span className="max-h-56 overflow-y-auto font-serif whitespace-pre-wrap wrap-break-word">
              {versions[side] || texts.writing.nothing}
            </span>
          </label>
        ))}
      </div>
      {choices.includes('both') && (
        <label className="mt-3 flex items-center gap-2 text-sm font-medium">
          <input
            type="radio"
            className="accent-rubric"
            name={group}
            checked={choice === 'both'}
            onChange={() => onChoose('both')}
          />
          {texts.writing.takeBoth}
        </label>
      )}
      {choice === 'both' && onJoined && (
        <textarea
          aria-label={texts.writing.joined(label)}
          value={joined}
          onChange={(event) => onJoined(event.target.value)}
          className="mt-2 field-sizing-content max-h-96 min-h-32 w-full rounded-md bg-paper p-3 font-mono text-sm inset-ring inset-ring-edge"
        />
      )}
      {parts && (
        <details className="mt-3 text-sm">
          <summary className="text-soft">{texts.writing.difference}</summary>
          <DiffText parts={parts} />
        </details>
      )}
    </fieldset>
  );
}
