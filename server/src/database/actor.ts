import { Placeholder, type SQL, sql } from 'drizzle-orm';
import type { AUDIT_SOURCES, REVISION_KINDS } from './schema/enums.ts';

/** Who makes a change, as the audit log records it. */
export interface Actor {
  via: (typeof AUDIT_SOURCES)[number];
  accountId: number | null;
  tokenId: number | null;
  address: string | null;
  /** The name of the command, such as `import wordpress`. */
  command: string | null;
  /** What the revisions of this change came from, where the triggers cannot tell. */
  revisionKind?: (typeof REVISION_KINDS)[number];
}

/**
 * Returns a condition that sets the actor until the transaction ends: the triggers that record changes read it. The condition
 * is always true. It belongs in the `where` of the statement; of an insert, in the `where` of the select that returns its
 * rows. So a write stays one statement, and no pooler can mix up actors, as it could with a setting of the session.
 *
 * @param actor in a prepared statement the placeholder for `serializeActor(actor)`
 */
export const setActor = (actor: Actor | Placeholder): SQL =>
  sql`set_config('rubric.actor', ${actor instanceof Placeholder ? actor : serializeActor(actor)}, true) is not null`;

export const serializeActor = (actor: Actor): string => JSON.stringify(actor);
