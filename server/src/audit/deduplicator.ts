/** Tells what happens for the first time in a while from what goes on and on. Its memory is bounded. */
export class Deduplicator {
  private readonly seen = new Map<string, number>();

  /**
   * @param spanMs how long something is recent
   * @param most how many different things it keeps in mind; while it is full, nothing is new
   */
  constructor(
    private readonly spanMs: number,
    private readonly most: number,
  ) {}

  /** Is this the first time, as of `now` in milliseconds? It counts as seen from then on. */
  isNew(what: string, now: number): boolean {
    const since = this.seen.get(what);
    if (since !== undefined && now - since < this.spanMs) return false;
    this.forget(now);
    if (this.seen.size >= this.most) return false;
    this.seen.set(what, now);
    return true;
  }

  /** Things stand in the order in which they were first seen. */
  private forget(now: number) {
    for (const [what, since] of this.seen) {
      if (now - since < this.spanMs) return;
      this.seen.delete(what);
    }
  }
}
