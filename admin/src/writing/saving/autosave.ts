import { type Article, ConnectionError, isProblem, newIdempotencyKey } from '@rubric/client';
import { bodyOf, FIELD_NAMES, type FieldName, type Fields } from './fields.ts';
import { type Kept, KeptText } from './kept.ts';
import { type Command, type Event, isUnsaved, type State, type Stored, start, step, unsaved } from './machine.ts';
import { create, type Opened, open, save, storedOf } from './server.ts';

interface Options {
  account: number;
  stored: Stored;
  /** What a closed tab has left. */
  left?: Kept | undefined;
  /** The title of an article that is saved before it has one. */
  untitled: string;
  onCreated: (article: Article) => void;
  /** What the server has now. */
  onStored: (rows: Partial<Opened>) => void;
}

/** Runs the machine: sends, waits, and keeps in the browser what the server does not have yet. */
export class Autosave {
  private state: State;
  private readonly listeners = new Set<() => void>();
  private readonly kept: KeptText;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private creation: Kept['creation'];
  private readAtDue: string | undefined;
  /** False when the browser had no room for the text. */
  isKept = true;

  constructor(private readonly options: Options) {
    const { stored, left, account } = options;
    this.state = start(left?.stored ?? stored, left?.mine);
    this.creation = left?.creation;
    this.kept = new KeptText(account, stored.target.kind === 'new' ? 'new' : stored.target.id);
    if (!left) return;
    this.keep();
    // What is there now may be another version than what the closed tab had seen.
    if (stored.target.kind === 'new') this.schedule(0);
    else this.dispatch({ type: 'read', stored });
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getState = (): State => this.state;

  /** While the screen is open. */
  attach() {
    this.kept.hold();
    addEventListener('online', this.retry);
  }

  readonly type = (fields: Partial<Fields>, hold = false) => this.dispatch({ type: 'typed', fields, hold });
  readonly decide = (fields: Fields) => this.dispatch({ type: 'decided', fields });
  readonly retry = () => this.dispatch({ type: 'due' });
  /** Takes over what the server has: after a restore, or after the article was published. */
  readonly read = (stored: Stored) => this.dispatch({ type: 'read', stored });

  /** Asks whether somebody else has changed the article, for example when the tab comes to the front. */
  readonly refresh = async () => {
    const { target } = this.state.stored;
    if (target.kind === 'new' || this.state.phase !== 'saved') return;
    await this.command({ type: 'read' });
  };

  /** Saves at once what is not saved. Resolves when the server has it. */
  async flush(): Promise<boolean> {
    this.dispatch({ type: 'due' });
    while (this.state.phase === 'saving' || this.state.phase === 'changed') await this.next();
    return this.state.phase === 'saved';
  }

  /** The screen is left: what is unsaved is sent, and stays in the browser until it has arrived. */
  close() {
    removeEventListener('online', this.retry);
    void this.flush().finally(() => {
      clearTimeout(this.timer);
      this.kept.close();
    });
  }

  private next = () =>
    new Promise<void>((resolve) => {
      const unsubscribe = this.subscribe(() => (unsubscribe(), resolve()));
    });

  private dispatch(event: Event) {
    const [state, commands] = step(this.state, event);
    const isChanged = state !== this.state;
    this.state = state;
    if (isChanged) this.keep();
    for (const command of commands) void this.command(command);
    if (isChanged) for (const listener of new Set(this.listeners)) listener();
  }

  private keep() {
    const { stored, mine } = this.state;
    if (!isUnsaved(this.state)) {
      this.kept.forget();
      this.isKept = true;
    } else {
      const at = new Date().toISOString();
      this.isKept = this.kept.keep({ stored, mine, at, ...(this.creation && { creation: this.creation }) });
    }
  }

  private schedule(ms: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.retry, ms);
  }

  private async command(command: Command): Promise<void> {
    if (command.type === 'wait') return this.schedule(command.ms);
    try {
      if (command.type === 'read') await this.readNow();
      else await this.send();
    } catch (error) {
      this.dispatch(eventOf(error));
    }
  }

  private async readNow() {
    const { target } = this.state.stored;
    if (target.kind === 'new') return;
    const opened = await open(target.id);
    this.options.onStored(opened);
    const stored = storedOf(opened);
    const now = this.state.stored.target;
    const isNews = now.kind === 'new' || now.kind !== stored.target.kind || now.version !== stored.target.version;
    if (isNews || this.state.phase === 'saving') this.dispatch({ type: 'read', stored });
  }

  private async send() {
    const { stored, sent } = this.state;
    if (!sent) return;
    if (isDue(stored.target) && this.readAtDue !== stored.at) {
      // It has gone live by itself: from now on its working draft is what changes.
      this.readAtDue = stored.at;
      return this.dispatch({ type: 'stale' });
    }
    if (stored.target.kind === 'new') return this.createNow(sent.fields);
    const rows = await save(stored, bodyOf(sent.fields, sent.names));
    this.options.onStored(rows);
    this.dispatch({ type: 'answered', stored: storedOf(rows) });
  }

  /** The first save. It is sent as it was, until it is answered; what was typed meanwhile follows. */
  private async createNow(fields: Fields) {
    if (!this.creation) {
      const names = FIELD_NAMES.filter((name) => unsaved(this.state).includes(name) || name === 'contentFormat');
      this.creation = {
        key: newIdempotencyKey(),
        body: { ...bodyOf(fields, names), title: fields.title.trim() || this.options.untitled },
      };
      this.keep();
    }
    const article = await create(this.creation.key, this.creation.body).catch((error: unknown) => {
      // Refused: the next attempt is another request.
      if (isProblem(error)) this.creation = undefined;
      throw error;
    });
    this.creation = undefined;
    this.options.onCreated(article);
    this.dispatch({ type: 'answered', stored: storedOf({ article, draft: null }) });
  }
}

const isDue = (target: Stored['target']) =>
  target.kind === 'article' && target.due !== null && Date.parse(target.due) <= Date.now();

/** What an error means for the machine. */
function eventOf(error: unknown): Event {
  if (error instanceof ConnectionError) return { type: 'unreachable' };
  if (!isProblem(error)) throw error;
  if (isProblem(error, 'version_mismatch', 'not_published')) return { type: 'stale' };
  if (isProblem(error, 'not_found')) return { type: 'gone' };
  if (error.status >= 500 || error.status === 429 || isProblem(error, 'write_conflict', 'idempotency_in_flight')) {
    return { type: 'unreachable' };
  }
  const errors = 'errors' in error.problem ? (error.problem.errors ?? []) : [];
  const names = errors
    .map(({ pointer }) => pointer.split('/')[1] as FieldName)
    .filter((name) => FIELD_NAMES.includes(name));
  return { type: 'refused', names, detail: errors[0]?.detail ?? error.message };
}
