import { Placeholder, type SQL, sql } from 'drizzle-orm';
import type { AUDIT_SOURCES } from './schema/field-limits.ts';

/** Who writes, as the audit log notes it. */
export interface Actor {
  via: (typeof AUDIT_SOURCES)[number];
  accountId: number | null;
  tokenId: number | null;
  address: string | null;
}

/**
 * Says in a statement who makes it, until its transaction ends: the triggers that note changes read it. It is always
 * true, and stands among the conditions of the statement; around an insert, in those of the select that returns its rows.
 * So a write stays one statement, and no pooler can mix up who wrote what, as with a setting of the session.
 *
 * @param actor who, or in a prepared statement the placeholder that gets `actorText(actor)`
 */
export const setActor = (actor: Actor | Placeholder): SQL =>
  sql`set_config('rubric.actor', ${actor instanceof Placeholder ? actor : serializeActor(actor)}, true) is not null`;

export const serializeActor = (actor: Actor): string => JSON.stringify(actor);
