/** Tells what happens for the first time in a while from what goes on and on. Its memory is bounded. */
export class Deduplicator {
  private readonly firstSeen = new Map<string, number>();

  /**
   * @param windowMs how long something is recent
   * @param maxKeys how many different things it keeps in mind; while it is full, nothing is new
   */
  constructor(
    private readonly windowMs: number,
    private readonly maxKeys: number,
  ) {}

  /** Is this the first time, as of `now` in milliseconds? It counts as seen from then on. */
  isNew(what: string, now: number): boolean {
    const since = this.firstSeen.get(what);
    if (since !== undefined && now - since < this.windowMs) return false;
    this.deleteExpired(now);
    if (this.firstSeen.size >= this.maxKeys) return false;
    this.firstSeen.set(what, now);
    return true;
  }

  /** Things stand in the order in which they were first seen. */
  private deleteExpired(now: number) {
    for (const [what, since] of this.firstSeen) {
      if (now - since < this.windowMs) return;
      this.firstSeen.delete(what);
    }
  }
}
