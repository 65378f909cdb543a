import type { FieldName, Fields } from './fields.ts';
import type { Stored } from './machine.ts';

export type Choice = 'mine' | 'theirs' | 'both';

/** A conflict that somebody is deciding. */
export interface Deciding {
  /** The other version, as it was then. */
  theirs: Stored;
  choices: Partial<Record<FieldName, Choice>>;
  /** The text of both, as it was edited. */
  content: string;
}

/** All words of a writer: those of a text that was being joined, too. */
export const wordsOf = ({ mine, deciding }: { mine: Fields; deciding?: Deciding }): Fields =>
  deciding ? { ...mine, content: deciding.content } : mine;
