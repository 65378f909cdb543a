import { expect, test } from 'vitest';
import { bodyOf, differences, EMPTY, type Fields } from '../../src/writing/saving/fields.ts';
import {
  type Command,
  type Event,
  isUnsaved,
  type State,
  type Stored,
  start,
  step,
  unsaved,
} from '../../src/writing/saving/machine.ts';
import { randomOf, SEED } from './random.ts';

const FIELDS: Fields = { ...EMPTY, title: 'Tides', slug: 'tides', content: 'One', categoryIds: [1, 2] };
const storedAs = (version: number, fields: Partial<Fields> = {}): Stored => ({
  target: { kind: 'article', id: 7, version, due: null },
  fields: { ...FIELDS, ...fields },
  at: `2026-01-01T00:00:0${version}Z`,
});

/** Runs events, and returns the state with the commands of the last one. */
function run(...events: Event[]): { state: State; commands: Command[] } {
  let state = start(storedAs(1));
  let commands: Command[] = [];
  for (const event of events) [state, commands] = step(state, event);
  return { state, commands };
}
const typed = (fields: Partial<Fields>): Event => ({ type: 'typed', fields });
const DUE: Event = { type: 'due' };

test('typing waits for a pause, then only what was changed is sent', () => {
  expect(run(typed({ content: 'One two' })).commands).toEqual([{ type: 'wait', ms: 1_000 }]);
  const { state, commands } = run(typed({ content: 'One two' }), DUE);
  expect(commands).toEqual([{ type: 'save' }]);
  expect(state.sent?.names).toEqual(['content']);
  expect(bodyOf(state.mine, state.sent?.names ?? [])).toEqual({ content: 'One two' });
});

test('what is typed while a save is on its way is sent after its answer', () => {
  const { state, commands } = run(typed({ content: 'One two' }), DUE, typed({ content: 'One two three' }), DUE, {
    type: 'answered',
    stored: storedAs(2, { content: 'One two' }),
  });
  expect(state.mine.content).toBe('One two three');
  expect(state.phase).toBe('changed');
  expect(commands).toEqual([{ type: 'wait', ms: 1_000 }]);
  expect(unsaved(state)).toEqual(['content']);
});

test('what the server made of a field is taken over, unless it was changed meanwhile', () => {
  const answer: Event = { type: 'answered', stored: storedAs(2, { title: 'Ebb', slug: 'ebb' }) };
  expect(run(typed({ title: ' Ebb  ' }), DUE, answer).state.mine).toMatchObject({ title: ' Ebb  ', slug: 'ebb' });
  expect(run(typed({ title: 'Ebb' }), DUE, typed({ slug: 'flow' }), answer).state.mine.slug).toBe('flow');
});

test('without a connection it tries again, later and later, and typing changes nothing about that', () => {
  const away: Event = { type: 'unreachable' };
  const { state, commands } = run(typed({ content: 'x' }), DUE, away, DUE, away, DUE, away);
  expect(state.phase).toBe('unreachable');
  expect(commands).toEqual([{ type: 'wait', ms: 5_000 }]);
  expect(step(state, typed({ content: 'xy' }))[1]).toEqual([]);
  expect(isUnsaved(state)).toBe(true);
});

test('another version is read before anything is sent again, and joined by field', () => {
  const { commands } = run(typed({ content: 'mine' }), DUE, { type: 'stale' });
  expect(commands).toEqual([{ type: 'read' }]);
  const { state } = run(
    typed({ content: 'mine' }),
    DUE,
    { type: 'stale' },
    { type: 'read', stored: storedAs(3, { title: 'Theirs' }) },
  );
  expect(state).toMatchObject({
    phase: 'changed',
    mine: { title: 'Theirs', content: 'mine' },
    taken: ['title'],
    generation: 0,
  });
  expect(state.stored.target).toMatchObject({ version: 3 });
});

test('what the writer has done to the article is no change of somebody else', () => {
  const readOf = (own: boolean) => run({ type: 'read', stored: storedAs(2, { excerpt: 'Before' }), own }).state;
  expect(readOf(true)).toMatchObject({ mine: { excerpt: 'Before' }, taken: [] });
  expect(readOf(false).taken).toEqual(['excerpt']);
});

test('a field that both changed is a conflict: nothing is sent before somebody decides', () => {
  const conflict = run(
    typed({ content: 'mine' }),
    DUE,
    { type: 'stale' },
    { type: 'read', stored: storedAs(3, { content: 'theirs' }) },
  );
  expect(conflict.state).toMatchObject({
    phase: 'conflict',
    conflict: { names: ['content'] },
    mine: { content: 'mine' },
  });
  expect(step(conflict.state, DUE)[1]).toEqual([]);
  const [decided, commands] = step(conflict.state, {
    type: 'decided',
    fields: { ...FIELDS, content: 'mine and theirs' },
  });
  expect(commands).toEqual([{ type: 'wait', ms: 0 }]);
  expect(decided.stored).toMatchObject({ target: { version: 3 }, fields: { content: 'theirs' } });
});

test('only another text opens the editor anew: it loses the caret and what can be undone', () => {
  const readOf = (fields: Partial<Fields>) => run({ type: 'read', stored: storedAs(2, fields) }).state.generation;
  expect(readOf({ excerpt: 'Theirs', title: 'Theirs', categoryIds: [3] })).toBe(0);
  expect(readOf({ content: 'theirs' })).toBe(1);
  expect(readOf({ contentFormat: 'html' })).toBe(1);
});

test('a first save that is sent again leaves what was typed since to the next one', () => {
  const sent = { fields: { ...EMPTY, title: 'Tides', content: 'One' }, names: ['title', 'content'] as const };
  let [state] = step(
    start({ target: { kind: 'new' }, fields: EMPTY, at: '' }),
    typed({ ...sent.fields, content: 'One two' }),
  );
  [state] = step(state, { type: 'due', again: sent });
  expect(state.sent).toBe(sent);
  const [answered, commands] = step(state, { type: 'answered', stored: storedAs(1) });
  expect(answered).toMatchObject({ phase: 'changed', mine: { content: 'One two', slug: 'tides' } });
  expect(commands).toEqual([{ type: 'wait', ms: 1_000 }]);
  // Refused is what was sent, not what was typed since.
  const refused: Event = { type: 'refused', names: ['content'], detail: 'Too long.' };
  expect(step(state, refused)[0]).toMatchObject({ phase: 'changed', refused: {} });
});

test('while another version is read, nothing is sent', () => {
  expect(run(typed({ content: 'mine' }), DUE, { type: 'stale' }, DUE).commands).toEqual([]);
});

test('an answer that was lost is no conflict: the server has what was typed', () => {
  const { state } = run(
    typed({ content: 'mine' }),
    DUE,
    { type: 'unreachable' },
    DUE,
    { type: 'stale' },
    { type: 'read', stored: storedAs(2, { content: 'mine' }) },
  );
  expect(state).toMatchObject({ phase: 'saved', conflict: null, taken: [] });
});

test('a refused field holds up no other, and is tried again when it changes', () => {
  const refused: Event = { type: 'refused', names: ['slug'], detail: 'Taken.' };
  const { state, commands } = run(typed({ slug: 'taken', content: 'x' }), DUE, refused);
  expect(commands).toEqual([{ type: 'wait', ms: 0 }]);
  expect(unsaved(state)).toEqual(['content']);
  const [saved] = step(step(state, DUE)[0], { type: 'answered', stored: storedAs(2, { content: 'x' }) });
  expect(saved).toMatchObject({ phase: 'refused', refused: { slug: 'Taken.' }, mine: { slug: 'taken' } });
  expect(unsaved(step(saved, typed({ slug: 'free' }))[0])).toEqual(['slug']);
});

test('a refusal that names nothing that was sent waits for another text: it would be refused again', () => {
  const refused: Event = { type: 'refused', names: ['slug'], detail: 'Taken.' };
  const { state, commands } = run(typed({ content: 'x' }), DUE, refused);
  expect(commands).toEqual([]);
  expect(state).toMatchObject({ phase: 'refused', problem: 'Taken.', mine: { content: 'x' } });
});

test('an empty title or address is a gap in the form: it is not sent', () => {
  expect(unsaved(run(typed({ title: '', slug: '' })).state)).toEqual([]);
  expect(unsaved(run(typed({ excerpt: '' }), typed({ categoryIds: [] })).state)).toEqual(['categoryIds']);
});

test('the first title waits until it is whole', () => {
  expect(run({ type: 'typed', fields: { title: 'T' }, hold: true }).commands).toEqual([]);
});

/** A server in a few lines: a version, and a refusal of any other. */
class Server {
  version = 1;
  fields: Fields = FIELDS;
  read = (): Stored => storedAs(this.version, this.fields);
  save(version: number, names: (keyof Fields)[], from: Fields): boolean {
    if (version !== this.version) return false;
    this.fields = { ...this.fields, ...Object.fromEntries(names.map((name) => [name, from[name]])) };
    this.version += 1;
    return true;
  }
}

test(`no word is lost in any order of typing, saving, losing answers, and changes from elsewhere (RUBRIC_TEST_SEED=${SEED})`, () => {
  for (let round = 0; round < 2_000; round += 1) {
    const random = randomOf(SEED + round);
    const server = new Server();
    let state = start(server.read());
    const words: string[] = [];
    const dispatch = (event: Event) => {
      [state] = step(state, event);
    };
    for (let turn = 0; turn < 30; turn += 1) {
      const what = random(6);
      const word = `w${round}x${turn}`;
      if (what <= 1 && state.phase !== 'conflict') {
        words.push(word);
        dispatch(typed({ content: `${state.mine.content} ${word}` }));
      } else if (what === 2) {
        // Somebody else, by API.
        words.push(word);
        server.save(server.version, ['content'], { ...server.fields, content: `${server.fields.content} ${word}` });
      } else if (what === 3) server.save(server.version, ['title'], { ...server.fields, title: word });
      else dispatch(DUE);
      if (state.sent && state.phase === 'saving' && random(3) > 0) {
        const { target } = state.stored;
        const isSaved = server.save(
          target.kind === 'new' ? 0 : target.version,
          [...state.sent.names],
          state.sent.fields,
        );
        const isLost = random(3) === 0;
        dispatch(
          isLost ? { type: 'unreachable' } : isSaved ? { type: 'answered', stored: server.read() } : { type: 'stale' },
        );
      }
      if (state.phase === 'saving' && !state.sent) dispatch({ type: 'read', stored: server.read() });
      if (state.phase === 'conflict' && random(2) === 0) {
        const both = `${state.mine.content} ${state.conflict?.theirs.fields.content}`;
        dispatch({ type: 'decided', fields: { ...state.mine, content: both } });
      }
      const everywhere =
        `${server.fields.content} ${state.mine.content} ${state.conflict?.theirs.fields.content ?? ''}`.split(' ');
      expect(
        words.filter((each) => !everywhere.includes(each)),
        `round ${round}, turn ${turn}`,
      ).toEqual([]);
    }
    // What is shown as saved is what the server has.
    if (state.phase === 'saved') expect(differences(state.stored.fields, state.mine)).toEqual([]);
  }
});
