import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { auditLog } from '../../database/schema/audit.ts';
import { accountCredentials, accounts, sessions } from '../../database/schema/identity.ts';

/** Finds the password hash of an account. */
export const findPasswordHash = (db: Database, email: string) =>
  db
    .select({ hash: accountCredentials.password })
    .from(accountCredentials)
    .innerJoin(accounts, eq(accounts.id, accountCredentials.userId))
    .where(eq(accounts.email, email));

/** Returns the state of an account after concurrent transactions that change it have committed. */
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

/** Lists the addresses from which an account signed in: the latest 100 sessions and, reaching further back, the latest 100 audit entries. */
export const listKnownAddresses = (db: Database, email: string) =>
  db.execute<{ address: string }>(sql`
    select distinct address from (
      (select ip_address as address from ${sessions} join ${accounts} on ${accounts.id} = ${sessions.userId}
        where email = ${email} order by ${sessions.id} desc limit 100)
      union all
      (select address from ${auditLog} join ${accounts} on ${accounts.id} = ${auditLog.subjectId}
        where email = ${email} and subject = 'account' and action = 'session.create'
        order by ${auditLog.at} desc, ${auditLog.id} desc limit 100)
    ) as addresses where address is not null`);
