import { abbreviate } from '../report/truncate.ts';

/** A difference between the file and what is imported. */
export interface Warning {
  /** The same sentence for all objects with the same difference, because the report groups warnings by it. */
  reason: string;
  detail: string | null;
}

/** Collects the warnings of one object while it is planned and written. */
export class Warnings {
  readonly all: Warning[] = [];

  add(reason: string, detail: string | null = null): void {
    this.all.push({ reason, detail });
  }
}

/** Formats the detail of a warning about a value that was replaced. */
export function formatChange(from: string, to: string): string {
  return `${abbreviate(from)} → ${abbreviate(to)}`;
}
