import { en } from './en.ts';

/** What a second language has to have. */
export type Texts = typeof en;

/** The texts in the language of the person. English is the only one so far. */
export const texts: Texts = en;
