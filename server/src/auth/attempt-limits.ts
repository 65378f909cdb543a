import { createHash } from 'node:crypto';
import { addressKey } from '../rate-limits/address.ts';
import type { Limit } from '../rate-limits/limit.ts';

/** So many within a quarter of an hour; one comes back each time that its part of it has passed. */
const burstPer15Minutes = (burst: number): Limit => ({ burst, perMs: 900_000 / burst });

/** How often somebody may try, and what the tries are counted by. */
export interface AttemptLimit {
  key: string;
  limit: Limit;
}

/** Tries are counted by the address that was typed, whether it has an account or not: what is left must not tell. */
const emailKey = (email: string) => createHash('sha256').update(email).digest('base64url').slice(0, 22);

/** All that one network tries, whoever it tries to be. */
export const signInAttemptsFrom = (address: string): AttemptLimit => ({
  key: `sign-in:from:${addressKey(address)}`,
  limit: burstPer15Minutes(30),
});

/**
 * What is tried on one account. Places that it has signed in from before have a count of their own, each; all others
 * share one. So strangers slow each other down, and the owner only where they never signed in. What is too much is refused
 * as a wrong password is, see `mayTry`.
 */
export const signInAttemptsOn = (email: string, address: string, known: boolean): AttemptLimit => ({
  key: `sign-in:on:${emailKey(email)}:${known ? addressKey(address) : 'elsewhere'}`,
  limit: burstPer15Minutes(10),
});

/** Codes of a second factor: whoever gets here knows the password. */
export const codeAttempts = (accountId: number): AttemptLimit => ({
  key: `second-factor:${accountId}`,
  limit: burstPer15Minutes(5),
});

/** The password, asked once more of somebody who is signed in. */
export const passwordAttempts = (accountId: number): AttemptLimit => ({
  key: `password:${accountId}`,
  limit: burstPer15Minutes(10),
});

/** Mail that strangers make us send to one person. */
export const resetMailAttempts = (email: string): AttemptLimit => ({
  key: `forgotten:${emailKey(email)}`,
  limit: burstPer15Minutes(3),
});

/** Links that somebody tries: invitations and new passwords. */
export const linkAttemptsFrom = (address: string): AttemptLimit => ({
  key: `link:from:${addressKey(address)}`,
  limit: burstPer15Minutes(30),
});
