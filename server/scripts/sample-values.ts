import type { Actor } from '../src/database/actor.ts';
import type { Database } from '../src/database/database.ts';

type Query = (db: Database, ...rest: never[]) => PromiseLike<unknown>;
type Rest<F> = F extends (db: Database, ...rest: infer R) => PromiseLike<unknown> ? R : never;
/** The arguments after `db`, by a name where they do not say themselves which of its statements it becomes. */
export type SamplesOf<M> = {
  [K in keyof M as M[K] extends Query ? K : never]: readonly Rest<M[K]>[] | Record<string, Rest<M[K]>>;
};

export const AT = new Date('2026-01-31T12:00:00Z');
export const PAGE = { backward: false, from: null, fetch: 21, offset: 0 };
export const BEFORE = { ...PAGE, backward: true };
export const ACTOR: Actor = { via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null };
