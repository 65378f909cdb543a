import { createHash } from 'node:crypto';
import { addressKey } from '../rate-limits/address.ts';
import type { AttemptLimit, Limit } from '../rate-limits/limit.ts';

/** Allows `burst` attempts at once; one comes back every `15 minutes / burst`. */
const burstPer15Minutes = (burst: number): Limit => ({ burst, perMs: 900_000 / burst });

/**
 * Attempts are counted by a hash of the submitted email address, whether or not an account has it, so that the limit does
 * not reveal which accounts exist.
 */
const emailKey = (email: string) => createHash('sha256').update(email).digest('base64url').slice(0, 22);

/** Failed sign-ins from one network, on any account. */
export const signInAttemptsFrom = (address: string): AttemptLimit => ({
  key: `sign-in:from:${addressKey(address)}`,
  limit: burstPer15Minutes(30),
});

/**
 * Failed sign-ins on one account. Each network that has signed in to it before has a limit of its own; all other networks
 * share one. So attackers exhaust only the shared limit, and lock the owner out only on networks that are new to the
 * account. Exceeding this limit looks like a wrong password, see `SignInService`.
 */
export const signInAttemptsOn = (email: string, address: string, isKnownAddress: boolean): AttemptLimit => ({
  key: `sign-in:on:${emailKey(email)}:${isKnownAddress ? addressKey(address) : 'elsewhere'}`,
  limit: burstPer15Minutes(10),
});

/** Wrong codes of the second factor. The caller has already given the right password. */
export const codeAttempts = (accountId: number): AttemptLimit => ({
  key: `second-factor:${accountId}`,
  limit: burstPer15Minutes(5),
});

/** Wrong confirmations of the password by a signed-in user. */
export const passwordAttempts = (accountId: number): AttemptLimit => ({
  key: `password:${accountId}`,
  limit: burstPer15Minutes(10),
});

/** Password reset emails to one address. Anybody can request them. */
export const resetMailAttempts = (email: string): AttemptLimit => ({
  key: `forgotten:${emailKey(email)}`,
  limit: burstPer15Minutes(3),
});

/** Failed uses of invitation and password reset links, and requests of the latter, from one network. */
export const linkAttemptsFrom = (address: string): AttemptLimit => ({
  key: `link:from:${addressKey(address)}`,
  limit: burstPer15Minutes(30),
});
