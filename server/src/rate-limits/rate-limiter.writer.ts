import type { Database } from '../database/database.ts';
import { claimLease } from './rate-limits.queries.ts';

/** Whether a request may pass, how many more may, and when all may again. */
export interface Quota {
  granted: boolean;
  left: number;
  resetMs: number;
}

interface Lease {
  /** How many this server may still let pass. */
  have: number;
  /** How many were left for all servers when it was taken. */
  left: number;
  /** When it ends, as `performance.now()` counts. */
  until: number;
}

const NONE: Lease = { have: 0, left: 1, until: Number.NEGATIVE_INFINITY };
const PARTS = 10;
const MINUTE_MS = 60_000;

/**
 * How many requests a key may make in a minute, counted for all servers without a statement for each: a server takes a
 * tenth of it at a time from PostgreSQL and counts that down in memory. What it does not use up is lost when the minute
 * ends, so that the sum over all servers never exceeds the limit.
 */
export class RateLimiter {
  private readonly leases = new Map<string, Lease>();
  private readonly claims = new Map<string, Promise<void>>();
  private readonly part: number;

  /** @param most how many keys it keeps in mind; one that is forgotten costs a statement when it comes back */
  constructor(
    private readonly db: Database,
    readonly limit: number,
    private readonly most = 10_000,
  ) {
    this.part = Math.ceil(limit / PARTS);
  }

  /** Takes one for this key. While PostgreSQL is away, everybody may pass: there is nothing to be had then. */
  async consume(key: string): Promise<Quota> {
    for (;;) {
      const quota = this.fromLease(key, performance.now());
      if (quota) return quota;
      try {
        await this.claim(key);
      } catch {
        return { granted: true, left: this.limit, resetMs: MINUTE_MS };
      }
    }
  }

  /** @returns undefined when PostgreSQL has to be asked */
  private fromLease(key: string, now: number): Quota | undefined {
    const { have, left, until } = this.leases.get(key) ?? NONE;
    if (now >= until || (have === 0 && left > 0)) return undefined;
    if (have > 0) this.leases.set(key, { have: have - 1, left, until });
    return { granted: have > 0, left: Math.max(0, have - 1) + left, resetMs: until - now };
  }

  /** Requests that come at once share one claim. */
  private claim(key: string): Promise<void> {
    const running = this.claims.get(key);
    if (running) return running;
    const claim = this.renew(key).finally(() => this.claims.delete(key));
    this.claims.set(key, claim);
    return claim;
  }

  private async renew(key: string) {
    // Before the statement: the lease then ends with the minute of PostgreSQL's clock, or a little earlier.
    const asked = performance.now();
    const [claimed] = await claimLease(this.db, `requests/${this.limit}:${key}`, {
      limit: this.limit,
      part: this.part,
    });
    if (!claimed) throw new Error('the claim returned nothing');
    const { taken, endsInMs } = claimed;
    this.keep(key, {
      have: taken === null ? 0 : this.shareOf(taken),
      left: taken === null ? 0 : this.limit - taken,
      until: asked + endsInMs,
    });
  }

  /** All servers take parts of one size, so that only the last of a minute is smaller. */
  private shareOf(taken: number): number {
    return taken === this.limit ? ((this.limit - 1) % this.part) + 1 : this.part;
  }

  private keep(key: string, lease: Lease) {
    this.leases.delete(key);
    const [oldest] = this.leases.keys();
    if (this.leases.size >= this.most && oldest !== undefined) this.leases.delete(oldest);
    this.leases.set(key, lease);
  }
}
