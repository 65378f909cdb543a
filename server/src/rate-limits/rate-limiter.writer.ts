import type { Database } from '../database/database.ts';
import { claimLease } from './rate-limits.queries.ts';

export interface Quota {
  /** Whether the request is allowed. */
  granted: boolean;
  /** How many more requests the key can make in this minute. */
  remaining: number;
  /** Milliseconds until the minute ends and the whole limit is available again. */
  resetMs: number;
}

/** A share of a key's limit that this server counts down in memory. */
interface Lease {
  /** Requests that this server can still grant. */
  available: number;
  /** Requests that no server had leased when this lease was claimed. */
  unleased: number;
  /** When the minute ends, in the milliseconds of `performance.now()`. */
  expiresAt: number;
}

const EXPIRED: Lease = { available: 0, unleased: 1, expiresAt: Number.NEGATIVE_INFINITY };
const LEASES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
const RETRY_MS = 1_000;

/**
 * Limits the requests of a key per minute, over all servers, without a statement per request: a server leases a tenth of
 * the limit at a time from PostgreSQL and counts it down in memory. Requests that a server does not use expire with the
 * minute, so all servers together never exceed the limit.
 */
export class RateLimiter {
  private readonly leases = new Map<string, Lease>();
  private readonly pendingClaims = new Map<string, Promise<void>>();
  private readonly leaseSize: number;
  private readonly unlimited: Quota;
  /** After a claim that failed, none is tried before this time, in the milliseconds of `performance.now()`. */
  private retryAt = Number.NEGATIVE_INFINITY;

  /** @param maxKeys how many keys are kept in memory; a key that was evicted costs a statement when it returns */
  constructor(
    private readonly db: Database,
    readonly limit: number,
    private readonly maxKeys = 10_000,
  ) {
    this.leaseSize = Math.ceil(limit / LEASES_PER_MINUTE);
    this.unlimited = { granted: true, remaining: limit, resetMs: MINUTE_MS };
  }

  /**
   * Consumes one request of a key. Grants all requests while no lease can be claimed: there is no data to protect while
   * PostgreSQL is unavailable, and while it is read-only each claim would cost a statement that fails.
   */
  async consume(key: string): Promise<Quota> {
    for (;;) {
      const quota = this.consumeLease(key, performance.now());
      if (quota) return quota;
      if (performance.now() < this.retryAt) return this.unlimited;
      try {
        await this.renewLease(key);
      } catch {
        this.retryAt = performance.now() + RETRY_MS;
        return this.unlimited;
      }
    }
  }

  /** @returns undefined if a new lease has to be claimed first */
  private consumeLease(key: string, now: number): Quota | undefined {
    const { available, unleased, expiresAt } = this.leases.get(key) ?? EXPIRED;
    if (now >= expiresAt || (available === 0 && unleased > 0)) return undefined;
    if (available > 0) this.leases.set(key, { available: available - 1, unleased, expiresAt });
    return { granted: available > 0, remaining: Math.max(0, available - 1) + unleased, resetMs: expiresAt - now };
  }

  /** Concurrent requests of one key share one claim. */
  private renewLease(key: string): Promise<void> {
    const pending = this.pendingClaims.get(key);
    if (pending) return pending;
    const claim = this.claimAndStoreLease(key).finally(() => this.pendingClaims.delete(key));
    this.pendingClaims.set(key, claim);
    return claim;
  }

  private async claimAndStoreLease(key: string) {
    // Read before the statement, so that the lease ends with the minute of PostgreSQL's clock or slightly earlier.
    const claimedAt = performance.now();
    const [claimed] = await claimLease(this.db, `requests/${this.limit}:${key}`, {
      limit: this.limit,
      leaseSize: this.leaseSize,
    });
    if (!claimed) throw new Error('the claim returned no row');
    const { leased, endsInMs } = claimed;
    this.storeLease(key, {
      available: leased === null ? 0 : this.sizeOfLastLease(leased),
      unleased: leased === null ? 0 : this.limit - leased,
      expiresAt: claimedAt + endsInMs,
    });
  }

  /** All leases of a minute have the same size, except that the last one can be smaller. */
  private sizeOfLastLease(leased: number): number {
    return leased === this.limit ? ((this.limit - 1) % this.leaseSize) + 1 : this.leaseSize;
  }

  /** Stores a lease, evicting the one that was stored first if the memory is full. */
  private storeLease(key: string, lease: Lease) {
    this.leases.delete(key);
    const [oldestKey] = this.leases.keys();
    if (this.leases.size >= this.maxKeys && oldestKey !== undefined) this.leases.delete(oldestKey);
    this.leases.set(key, lease);
  }
}
