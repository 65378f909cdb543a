import { newIdempotencyKey } from '@rubric/client';
import type { Deciding } from './deciding.ts';
import { eventOf } from './event-of.ts';
import { bodyOf, FIELD_NAMES, type Fields, fieldsOfBody } from './fields.ts';
import { discard, type Kept, KeptText, type Left } from './kept.ts';
import { type Command, type Event, isUnsaved, type State, type Stored, start, step, unsaved } from './machine.ts';
import { create, type Opened, open, save, storedOf } from './server.ts';

interface Options {
  account: number;
  stored: Stored;
  /** What a closed tab has left. */
  left?: Left | undefined;
  /** The title of an article that is saved before it has one. */
  untitled: string;
  /** The article has an id now; not called when the screen has been left. */
  onCreated: (id: number) => void;
  /** What the server has now. */
  onStored: (rows: Partial<Opened>) => void;
}

const leaving = new Map<Autosave, Promise<void>>();

/** Resolves when the screens in which an article was written, and which were left, have sent their last words, or given them up. */
export async function untilLeft(id: number) {
  for (const [autosave, left] of leaving) {
    const { target } = autosave.getState().stored;
    if (target.kind === 'new' || target.id === id) await left;
  }
}

/** Runs the machine: sends, waits, and keeps in the browser what the server does not have yet. */
export class Autosave {
  private state: State;
  private readonly listeners = new Set<() => void>();
  private readonly kept: KeptText;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private creation: Kept['creation'];
  private isOpen = false;
  private readAtDue: string | undefined;
  /** A conflict is kept with what was decided of it so far. */
  deciding: Deciding | undefined;
  /** False when the browser had no room for the text. */
  isKept = true;

  constructor(private readonly options: Options) {
    const { stored, left, account } = options;
    this.state = start(left?.kept.stored ?? stored, left?.kept.mine);
    this.creation = left?.kept.creation;
    this.deciding = left?.kept.deciding;
    this.kept = new KeptText(account);
    if (!left) return;
    // Before another tab can see that it is kept here now.
    this.kept.hold();
    // In this order: the browser may not have room for both.
    discard(left);
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
    this.isOpen = true;
    this.kept.hold();
    addEventListener('online', this.retry);
  }

  readonly type = (fields: Partial<Fields>, hold = false) => this.dispatch({ type: 'typed', fields, hold });
  readonly ponder = (deciding: Deciding) => {
    this.deciding = deciding;
    this.keep();
  };
  readonly decide = (fields: Fields) => {
    this.deciding = undefined;
    this.dispatch({ type: 'decided', fields });
  };
  readonly retry = () => this.dispatch({ type: 'due', again: this.creation && fieldsOfBody(this.creation.body) });

  /** Asks whether somebody else has changed the article, or brought it back, when the tab comes to the front. */
  readonly refresh = async () => {
    const asked = this.state;
    const isGone = asked.phase === 'gone';
    if (asked.stored.target.kind === 'new' || (asked.phase !== 'saved' && !isGone)) return;
    try {
      const opened = await open(asked.stored.target.id);
      if (this.isOlder(asked)) return;
      if (isGone || isOther(storedOf(opened).target, asked.stored.target)) this.take(opened);
    } catch (error) {
      if (!this.isOlder(asked)) this.dispatch(eventOf(error));
    }
  };

  /** Takes over what the server has: after a restore, or after the article was published. */
  async reload() {
    for (;;) {
      while (this.state.phase === 'saving') await this.next();
      const asked = this.state;
      if (asked.stored.target.kind === 'new') return;
      const opened = await open(asked.stored.target.id);
      if (!this.isOlder(asked)) return this.take(opened, true);
    }
  }

  /** Saves at once what is not saved. Resolves when the server has it. */
  async flush(): Promise<boolean> {
    this.retry();
    while (this.state.phase === 'saving' || this.state.phase === 'changed') await this.next();
    return this.state.phase === 'saved';
  }

  /** The screen is left: what is unsaved is sent, and stays in the browser until it has arrived. */
  close() {
    removeEventListener('online', this.retry);
    this.isOpen = false;
    const left = this.flush().then(() => {
      clearTimeout(this.timer);
      this.kept.close();
      leaving.delete(this);
    });
    leaving.set(this, left);
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
    const { creation, deciding } = this;
    if (!isUnsaved(this.state)) {
      this.kept.forget();
      this.isKept = true;
    } else {
      const at = new Date().toISOString();
      this.isKept = this.kept.keep({ stored, mine, at, ...(creation && { creation }), ...(deciding && { deciding }) });
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
      const event = eventOf(error);
      // Refused: the next attempt is another request. After any other failure the article may have been created.
      if (event.type === 'refused') this.creation = undefined;
      this.dispatch(event);
    }
  }

  private async readNow() {
    const { target } = this.state.stored;
    if (target.kind === 'new') return;
    this.take(await open(target.id));
  }

  private take(opened: Opened, own = false) {
    this.options.onStored(opened);
    this.dispatch({ type: 'read', stored: storedOf(opened), own });
  }

  /** Whether an answer may be older than what is here: it was asked for before a save left, or before one was answered. */
  private isOlder(asked: State): boolean {
    const { stored, conflict, phase } = this.state;
    return stored !== asked.stored || conflict !== asked.conflict || phase === 'saving';
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
        body: { title: this.options.untitled, ...bodyOf(fields, names) },
      };
      this.keep();
    }
    const article = await create(this.creation.key, this.creation.body);
    this.creation = undefined;
    const rows = { article, draft: null };
    this.options.onStored(rows);
    this.dispatch({ type: 'answered', stored: storedOf(rows) });
    if (this.isOpen) this.options.onCreated(article.id);
  }
}

const isOther = (a: Stored['target'], b: Stored['target']) =>
  a.kind === 'new' || b.kind === 'new' || a.kind !== b.kind || a.version !== b.version;

const isDue = (target: Stored['target']) =>
  target.kind === 'article' && target.due !== null && Date.parse(target.due) <= Date.now();
