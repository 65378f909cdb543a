import { fit, isVisible } from '../html/plain-text.ts';

/** Something that is not quite as in the file. The reason is the same sentence for all to which the same happened. */
export interface Note {
  reason: string;
  detail: string | null;
}

/** Collects the notes of one thing while it is planned. */
export class Notes {
  readonly all: Note[] = [];

  add(reason: string, detail: string | null = null): void {
    this.all.push({ reason, detail });
  }

  /** The text, cut to the length that Rubric allows. */
  fitted(text: string, max: number, what: string): string {
    const cut = fit(text, max);
    if (cut !== text) this.add(`${what} was cut to ${max} characters`, brief(text));
    return cut;
  }

  /** A name or a title that can be seen: the text, or else the fallback. */
  filled(text: string, max: number, what: string, fallback: string): string {
    if (isVisible(text)) return this.fitted(text, max, what);
    const name = isVisible(fallback) ? fit(fallback, max) : 'Untitled';
    this.add(`${what} is missing`, `“${brief(name)}” instead`);
    return name;
  }

  /** Tells of a slug that is another than the file's. */
  slug(asked: string | null, slug: string): void {
    if (asked !== null && asked !== slug) this.add('the slug had to change', changed(asked, slug));
  }
}

/** How a change is told. */
export function changed(from: string, to: string): string {
  return `${brief(from)} → ${brief(to)}`;
}

/** Short enough for a line of a ledger. */
export function brief(text: string): string {
  return fit(text, 60);
}
