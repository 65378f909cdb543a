/** So many at once, and one more each `perMs` milliseconds. */
export interface Limit {
  burst: number;
  perMs: number;
}

/** How many milliseconds until there are `cost` of them; at least one, since who asks has just been refused. */
export const retryAfterMs = ({ burst, perMs }: Limit, inUseMs: number, cost: number) =>
  Math.max(1, Math.ceil(inUseMs + (cost - burst) * perMs));
