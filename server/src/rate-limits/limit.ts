/** A token bucket: `burst` at once, and one more every `perMs` milliseconds. */
export interface Limit {
  burst: number;
  perMs: number;
}

/** A limit of attempts, and the key that they are counted under. */
export interface AttemptLimit {
  key: string;
  limit: Limit;
}

/** Returns the milliseconds until `cost` is available. At least 1, because the caller has just been refused. */
export const retryAfterMs = ({ burst, perMs }: Limit, inUseMs: number, cost: number) =>
  Math.max(1, Math.ceil(inUseMs + (cost - burst) * perMs));
