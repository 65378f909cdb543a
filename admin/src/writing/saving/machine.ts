import { differences, type FieldName, type Fields, isSame, merge, withFields } from './fields.ts';

/**
 * Autosave as a machine: pure, so that every order of typing, answers and failures can be tested. It never sends a field
 * that is not changed, and never sends over a version that it has not seen.
 */
export type Target =
  | { kind: 'new' }
  /** The article itself: readers do not see it before it is due. */
  | { kind: 'article'; id: number; version: number; due: string | null }
  /** The working draft of a published article; `version` is the article's while there is none. */
  | { kind: 'draft'; id: number; version: number; exists: boolean };

/** What the server has. */
export interface Stored {
  target: Target;
  fields: Fields;
  at: string;
}

export type Phase = 'saved' | 'changed' | 'saving' | 'unreachable' | 'conflict' | 'refused' | 'gone';

/** Fields as they were when they left. */
export interface Sent {
  fields: Fields;
  names: readonly FieldName[];
}

export interface State {
  phase: Phase;
  stored: Stored;
  mine: Fields;
  /** What is on its way. */
  sent: Sent | null;
  /** Fields that the server refused, until they change, and what it said. */
  refused: Partial<Record<FieldName, string>>;
  problem: string | null;
  conflict: { theirs: Stored; names: readonly FieldName[] } | null;
  /** Fields that came from elsewhere with the last read. */
  taken: readonly FieldName[];
  failures: number;
  /** Raised when the text changes by something else than typing: the editor opens it anew, and loses the caret and undo. */
  generation: number;
}

export type Event =
  /** `hold`: somebody is in the middle of the first title, of which the address is made. */
  | { type: 'typed'; fields: Partial<Fields>; hold?: boolean }
  /** `again`: the first save, which is sent as it was until it is answered. */
  | { type: 'due'; again?: Sent | undefined }
  | { type: 'answered'; stored: Stored }
  | { type: 'unreachable' }
  /** The version on the server is another one: it is read before anything is sent again. */
  | { type: 'stale' }
  /** `own`: it is different because of what the writer has done, such as a restore; nobody else has changed it. */
  | { type: 'read'; stored: Stored; own?: boolean }
  | { type: 'refused'; names: readonly FieldName[]; detail: string }
  | { type: 'gone' }
  /** Somebody decided a conflict. */
  | { type: 'decided'; fields: Fields };

export type Command = { type: 'wait'; ms: number } | { type: 'save' } | { type: 'read' };

/** Long enough for a sentence, short enough for a cup of coffee that falls over. */
export const PAUSE_MS = 1_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

export const start = (stored: Stored, mine: Fields = stored.fields): State => ({
  phase: differences(stored.fields, mine).length > 0 ? 'changed' : 'saved',
  stored,
  mine,
  sent: null,
  refused: {},
  problem: null,
  conflict: null,
  taken: [],
  failures: 0,
  generation: 0,
});

/** The fields that the server does not have. An empty title or address is a gap in the form, not a value. */
const changed = ({ stored, mine }: State): FieldName[] =>
  differences(stored.fields, mine).filter((name) => (name !== 'title' && name !== 'slug') || mine[name].trim() !== '');

/** The fields to send. */
export const unsaved = (state: State): FieldName[] =>
  changed(state).filter((name) => state.refused[name] === undefined);

/** Whether there are words that the server does not have. */
export const isUnsaved = (state: State): boolean => changed(state).length > 0;

export function step(state: State, event: Event): [State, Command[]] {
  switch (event.type) {
    case 'typed':
      return typed(state, event.fields, event.hold ?? false);
    case 'due':
      return due(state, event.again);
    case 'answered':
      return answered(state, event.stored);
    case 'unreachable':
      return [
        { ...state, phase: 'unreachable', sent: null, failures: state.failures + 1 },
        [{ type: 'wait', ms: RETRY_MS[Math.min(state.failures, RETRY_MS.length - 1)] ?? PAUSE_MS }],
      ];
    case 'stale':
      return [{ ...state, phase: 'saving', sent: null }, [{ type: 'read' }]];
    case 'read':
      return read(state, event.stored, event.own ?? false);
    case 'refused':
      return refuse(state, event.names, event.detail);
    case 'gone':
      return [{ ...state, phase: 'gone', sent: null }, []];
    case 'decided':
      return decided(state, event.fields);
  }
}

function typed(state: State, fields: Partial<Fields>, hold: boolean): [State, Command[]] {
  const refused = { ...state.refused };
  for (const name of Object.keys(fields) as FieldName[]) delete refused[name];
  const next = { ...state, mine: { ...state.mine, ...fields }, refused, problem: null, taken: [] };
  // What is on its way comes back first; a conflict and a deleted article wait for a decision.
  if (state.phase === 'saving' || state.phase === 'conflict' || state.phase === 'gone') return [next, []];
  if (state.phase === 'unreachable') return [next, []];
  if (hold) return [{ ...next, phase: 'changed' }, []];
  return settle(next, PAUSE_MS);
}

/** After a pause, or when the connection is back. */
function due(state: State, again?: Sent): [State, Command[]] {
  if (state.phase === 'saving' || state.phase === 'conflict' || state.phase === 'gone') return [state, []];
  const names = unsaved(state);
  if (names.length === 0) return settle(state, 0);
  return [{ ...state, phase: 'saving', sent: again ?? { fields: state.mine, names } }, [{ type: 'save' }]];
}

function answered(state: State, stored: Stored): [State, Command[]] {
  const sent = state.sent ?? { fields: state.mine, names: [] };
  // What nobody touched since is as the server has it now: it makes addresses, and trims titles.
  const taken = differences(stored.fields, state.mine).filter(
    (name) =>
      isSame(name, state.mine, sent.fields) &&
      (sent.names.includes(name) || isSame(name, state.stored.fields, state.mine)) &&
      (name !== 'title' || state.mine.title.trim() !== ''),
  );
  const mine = withFields(state.mine, stored.fields, taken);
  return settle({ ...state, stored, mine, sent: null, failures: 0, problem: null }, PAUSE_MS);
}

/** Whatever was changed elsewhere is joined with what was changed here; what both changed is for the writer to decide. */
function read(state: State, theirs: Stored, own: boolean): [State, Command[]] {
  const { fields, taken, conflicts } = merge(state.stored.fields, state.mine, theirs.fields);
  const isText = taken.includes('content') || taken.includes('contentFormat');
  const generation = state.generation + (isText ? 1 : 0);
  if (conflicts.length > 0) {
    return [{ ...state, phase: 'conflict', sent: null, conflict: { theirs, names: conflicts } }, []];
  }
  return settle(
    {
      ...state,
      stored: theirs,
      mine: fields,
      sent: null,
      failures: 0,
      taken: own ? [] : taken,
      generation,
      conflict: null,
    },
    0,
  );
}

function refuse(state: State, names: readonly FieldName[], detail: string): [State, Command[]] {
  const { sent } = state;
  // Sending again without a field that was not sent would be refused again, at once and for ever.
  const known = names.filter((name) => sent?.names.includes(name));
  // What has been changed meanwhile is another value.
  const still = known.filter((name) => state.mine[name] === sent?.fields[name]);
  const refused = { ...state.refused, ...Object.fromEntries(still.map((name) => [name, detail])) };
  const next = { ...state, sent: null, refused, problem: detail, failures: 0 };
  if (known.length === 0) return [{ ...next, phase: 'refused' }, []];
  return settle(next, 0);
}

function decided(state: State, fields: Fields): [State, Command[]] {
  if (!state.conflict) return [state, []];
  const { theirs } = state.conflict;
  const next = { ...state, stored: theirs, mine: fields, conflict: null, generation: state.generation + 1 };
  return settle(next, 0);
}

function settle(state: State, ms: number): [State, Command[]] {
  if (unsaved(state).length > 0) return [{ ...state, phase: 'changed' }, [{ type: 'wait', ms }]];
  return [{ ...state, phase: Object.keys(state.refused).length > 0 ? 'refused' : 'saved' }, []];
}
