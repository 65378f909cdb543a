import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { invitations } from '../../database/schema/identity.ts';

const row = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  authorId: invitations.authorId,
  invitedBy: invitations.invitedBy,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  acceptedAt: invitations.acceptedAt,
};

const isOpen = sql`${invitations.acceptedAt} is null and ${invitations.expiresAt} > now()`;

export const listInvitations = (db: Database) => db.select(row).from(invitations).orderBy(desc(invitations.id));

/** The invitation with this hash, when it is still good. */
export const findOpenInvitation = (db: Database, hash: Buffer) =>
  db
    .select(row)
    .from(invitations)
    .where(and(eq(invitations.hash, hash), isOpen));

export const insertInvitation = (
  db: Database,
  actor: Actor,
  invitation: Pick<typeof invitations.$inferInsert, 'email' | 'role' | 'authorId' | 'invitedBy' | 'hash' | 'expiresAt'>,
) => {
  const written = db.$with('written').as(db.insert(invitations).values(invitation).returning(row));
  return db.with(written).select().from(written).where(setActor(actor));
};

/** Of several who come at once with one invitation, one gets it. */
export const claimInvitation = (db: Database, actor: Actor, id: number) =>
  db
    .update(invitations)
    .set({ acceptedAt: nowMs })
    .where(and(eq(invitations.id, id), isOpen, setActor(actor)))
    .returning({ id: invitations.id });

export const deleteInvitation = (db: Database, actor: Actor, id: number) =>
  db
    .delete(invitations)
    .where(and(eq(invitations.id, id), setActor(actor)))
    .returning({ id: invitations.id });

/** Earlier invitations of the same person that nobody accepted. */
export const deleteInvitationsOf = (db: Database, actor: Actor, email: string) =>
  db.delete(invitations).where(and(eq(invitations.email, email), isNull(invitations.acceptedAt), setActor(actor)));
