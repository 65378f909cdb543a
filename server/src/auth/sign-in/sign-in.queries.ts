import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { auditLog } from '../../database/schema/audit.ts';
import { accountCredentials, accounts, sessions } from '../../database/schema/identity.ts';

/** What the account signs in with, as it is kept. */
export const findPasswordHash = (db: Database, email: string) =>
  db
    .select({ hash: accountCredentials.password })
    .from(accountCredentials)
    .innerJoin(accounts, eq(accounts.id, accountCredentials.userId))
    .where(eq(accounts.email, email));

/** How the account stands once whoever else is changing it is done. */
export const lockAccountForSignIn = (db: Database, email: string) =>
  db
    .select({
      hash: accountCredentials.password,
      secondFactor: accounts.twoFactorEnabled,
      suspendedAt: accounts.suspendedAt,
    })
    .from(accounts)
    .innerJoin(accountCredentials, eq(accounts.id, accountCredentials.userId))
    .where(eq(accounts.email, email))
    .for('share');

/** Where the account signed in from, the latest first: by its sessions, and by the log, which remembers longer. */
export const listKnownAddresses = (db: Database, email: string) =>
  db.execute<{ address: string }>(sql`
    select distinct address from (
      (select ip_address as address from ${sessions} join ${accounts} on ${accounts.id} = ${sessions.userId}
        where email = ${email} order by ${sessions.id} desc limit 100)
      union all
      (select address from ${auditLog} join ${accounts} on ${accounts.id} = ${auditLog.subjectId}
        where email = ${email} and subject = 'account' and action = 'session.create'
        order by ${auditLog.at} desc, ${auditLog.id} desc limit 100)
    ) as known where address is not null`);
