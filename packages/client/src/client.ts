export { configure, type Options } from './configure.ts';
export { ConnectionError, isProblem, type Problem, type ProblemCode, ProblemError } from './errors.ts';
export type { Client } from './generated/client/index.ts';
export { createClient } from './generated/client/index.ts';
export * from './generated/sdk.gen.ts';
export type * from './generated/types.gen.ts';
export { newIdempotencyKey } from './idempotency.ts';
export { ifUnchanged } from './if-unchanged.ts';
export { pages, rows } from './pages.ts';
