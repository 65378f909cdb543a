import type { OldChange } from '../../../audit/old-entries.queries.ts';
import { FIELD_NAMES } from '../../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField } from '../../article-relations.ts';
import { recordOf } from '../../record-of.ts';

/** The part of a revision that is stored as the change left it: everything but the texts. */
export interface StoredState extends Record<RelationField, number[]> {
  number: number;
  publishedAt: string | null;
  deletedAt: Date | null;
}

/** The revision that one transaction created, and the one before, derived from its audit entries. */
export interface FormerChange {
  firstNumber: number;
  kind: 'create' | 'change' | 'publish' | 'restore';
  /** Null in the first revision, like those of the entries in which an article was created. */
  changed: string[] | null;
  entries: { id: number; changed: string[] | null }[];
  /** Null if the article was created, so that there is none. */
  former: StoredState | null;
}

/** The date columns, by the names that `changed` has for them. */
const DATES = { publishedAt: 'published_at', status: 'deleted_at' } as const;
const CHANGED_ORDER: readonly string[] = [...FIELD_NAMES, ...Object.keys(DATES), ...RELATION_FIELDS];

/**
 * Undoes the change of a transaction, from its entries in the audit log of a version without revisions.
 *
 * Such a version raised the version of an article once for each change of columns, and once for a change of links alone.
 * Versions that were raised without an entry (a link that was deleted with its category) are attributed to the oldest
 * revision.
 *
 * @param state after the change
 * @param entries the newest first
 * @returns null if the entries contain no change that raised the version, or more changes than there were versions
 */
export function formerChange(state: StoredState, entries: readonly OldChange[], at: Date): FormerChange | null {
  const changes = entries.map((entry) => ({ ...entry, changed: changedFields(entry) }));
  const named = changes.map(({ id, changed }) => ({ id, changed }));
  if (changes.some(({ action }) => action === 'article.create')) {
    return { firstNumber: 1, kind: 'create', changed: null, entries: named, former: null };
  }
  const raising = changes.filter(({ changed }) => changed === null || changed.length > 0);
  const columnChanges = raising.filter(({ action }) => !isOfLinks(action));
  const versions = Math.max(columnChanges.length, 1);
  if (raising.length === 0 || versions >= state.number) return null;
  const former = { ...stateBefore(state, entries), number: state.number - versions };
  return {
    firstNumber: former.number + 1,
    kind: kindOf(changes, isPublic(state, at) && !isPublic(former, at)),
    changed: CHANGED_ORDER.filter((field) => changes.some(({ changed }) => changed?.includes(field))),
    entries: named,
    former,
  };
}

const isOfLinks = (action: string) => /^article\.(link|unlink|reorder)$/.test(action);

const isPublic = ({ deletedAt, publishedAt }: StoredState, at: Date) =>
  deletedAt === null && publishedAt !== null && Date.parse(publishedAt) <= at.getTime();

function kindOf(changes: readonly OldChange[], becamePublic: boolean): FormerChange['kind'] {
  if (changes.some(({ action }) => action === 'article.restore')) return 'restore';
  return becamePublic ? 'publish' : 'change';
}

/** Returns the fields that an entry changed, by their names in requests. The owner is not one of them. */
function changedFields({ action, before, after }: OldChange): string[] | null {
  if (action === 'article.create') return null;
  const columns = Object.keys({ ...before, ...after });
  if (isOfLinks(action)) {
    return RELATION_FIELDS.filter((field) => columns.includes(ARTICLE_RELATIONS[field].linkColumn));
  }
  const isInOrOutOfTrash = action !== 'article.change';
  return [
    ...FIELD_NAMES.filter((field) => columns.includes(columnOf(field))),
    ...(columns.includes(DATES.publishedAt) ? ['publishedAt'] : []),
    ...(isInOrOutOfTrash ? ['status'] : []),
  ];
}

/** `contentFormat` is `content_format`. */
const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function stateBefore(state: StoredState, entries: readonly OldChange[]): StoredState {
  return {
    number: state.number,
    publishedAt: dateBefore(state.publishedAt, entries, DATES.publishedAt, String),
    deletedAt: dateBefore(state.deletedAt, entries, DATES.status, (text) => new Date(text)),
    ...recordOf(RELATION_FIELDS, (field) => linksBefore(state[field], entries, ARTICLE_RELATIONS[field].linkColumn)),
  };
}

function dateBefore<T>(date: T | null, entries: readonly OldChange[], column: string, parse: (text: string) => T) {
  const oldest = entries.findLast(({ before }) => before !== null && Object.hasOwn(before, column));
  if (oldest === undefined) return date;
  const value = oldest.before?.[column];
  return typeof value === 'string' ? parse(value) : null;
}

/**
 * Returns the links before the entries. The entry of a deleted link has no position, so the link gets the first free one:
 * exact if a request replaced all links, as most do.
 */
function linksBefore(ids: readonly number[], entries: readonly OldChange[], column: string): number[] {
  const positions = new Map(ids.map((id, index) => [id, index + 1]));
  const unlinked = new Set<number>();
  for (const { action, before, after } of entries) {
    if (action === 'article.link') {
      for (const id of idsIn(after, column)) if (!unlinked.delete(id)) positions.delete(id);
    }
    if (action === 'article.unlink') for (const id of idsIn(before, column)) unlinked.add(id);
    if (action === 'article.reorder' && before !== null && Object.hasOwn(before, column)) {
      positions.set(Number(before[column]), Number(before['position']));
    }
  }
  const taken = new Set(positions.values());
  let position = 1;
  for (const id of unlinked) {
    while (taken.has(position)) position += 1;
    positions.set(id, position);
    position += 1;
  }
  return [...positions].sort(([, a], [, b]) => a - b).map(([id]) => id);
}

const idsIn = (values: OldChange['after'], column: string) => (values?.[column] ?? []) as number[];
