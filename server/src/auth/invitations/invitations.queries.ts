import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { invitations } from '../../database/schema/identity.ts';

const invitationColumns = {
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

export const listInvitations = (db: Database) =>
  db.select(invitationColumns).from(invitations).orderBy(desc(invitations.id));

/** Finds the invitation with this hash if it is neither accepted nor expired. */
export const findOpenInvitation = (db: Database, hash: Buffer) =>
  db
    .select(invitationColumns)
    .from(invitations)
    .where(and(eq(invitations.hash, hash), isOpen));

export const insertInvitation = (
  db: Database,
  actor: Actor,
  invitation: Pick<typeof invitations.$inferInsert, 'email' | 'role' | 'authorId' | 'invitedBy' | 'hash' | 'expiresAt'>,
) => {
  const inserted = db.$with('inserted').as(db.insert(invitations).values(invitation).returning(invitationColumns));
  return db.with(inserted).select().from(inserted).where(setActor(actor));
};

/** Marks an open invitation as accepted. Of several concurrent requests, exactly one gets a row. */
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

/** Deletes the invitations to an email address that were not accepted. */
export const deleteInvitationsOf = (db: Database, actor: Actor, email: string) =>
  db.delete(invitations).where(and(eq(invitations.email, email), isNull(invitations.acceptedAt), setActor(actor)));
