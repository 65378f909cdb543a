import type { AuditEntry } from '@rubric/client';
import { texts } from '../texts/texts.ts';
import { type RowNames, rowKey } from './row-names.ts';

const { audit } = texts;
type Names = ReadonlyMap<number, string>;

/** What it was done to: an account by its owner, an article by its title. */
function whatOf(subject: string, id: number, names: Names, rows: RowNames): string {
  const owner = subject === 'account' ? names.get(id) : undefined;
  if (owner !== undefined) return audit.theAccountOf(owner);
  return audit.what(subject, id, rows.get(rowKey(subject, id)));
}

/** What was done, as a sentence. An action that the catalogue does not know, of a newer server, is said by its name. */
export function sentenceOf({ action, subject, subjectId }: AuditEntry, names: Names, rows: RowNames): string {
  if (subject === null || subjectId === null) return audit.actions[action]?.(audit.what(kindOf(action))) ?? action;
  const what = whatOf(subject, subjectId, names, rows);
  return audit.actions[action]?.(what) ?? `${action}, ${what}`;
}

/** Who did it. */
export function whoOf({ accountId, tokenId, command, via }: AuditEntry, names: Names): string {
  if (command !== null) return audit.command(command);
  if (accountId !== null) return names.get(accountId) ?? audit.account(accountId);
  if (tokenId !== null) return audit.token(tokenId);
  return via === 'database' ? audit.database : audit.nobody;
}

/** What the row is called, as far as the entry says it. */
export function nameIn({ before, after }: AuditEntry): string | undefined {
  const values = { ...before, ...after };
  return [values['name'], values['slug'], values['path'], values['email']].find((value) => typeof value === 'string');
}

/** Entries of articles have the names of the API, those of other rows the names of their columns. */
export const fieldName = (field: string): string =>
  audit.fields[field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] ?? field;

/** The actions to choose from: all that the catalogue knows, and the one that is in the URL. */
export const actionOptions = (chosen: string | undefined) =>
  [...new Set([...Object.keys(audit.actions), ...(chosen === undefined ? [] : [chosen])])].map((action) => ({
    value: action,
    label: audit.actions[action]?.(audit.what(kindOf(action))) ?? action,
  }));

const ABOUT_ACCOUNTS = ['second_factor', 'password'];

/** The kind of rows that an action is about. */
function kindOf(action: string): string {
  const [kind = '', verb] = action.split('.');
  const isSignIn = kind === 'session' && verb !== 'delete';
  return isSignIn || ABOUT_ACCOUNTS.includes(kind) ? 'account' : kind;
}
