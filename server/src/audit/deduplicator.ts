/** Distinguishes the first occurrence of a key within a time window from repetitions. Its memory is bounded. */
export class Deduplicator {
  private readonly firstSeen = new Map<string, number>();

  /**
   * @param windowMs how long a key counts as a repetition after its first occurrence
   * @param maxKeys how many keys are remembered; while the memory is full, every further key counts as a repetition
   */
  constructor(
    private readonly windowMs: number,
    private readonly maxKeys: number,
  ) {}

  /** Remembers a key at the time `now` in milliseconds. Returns false if it is a repetition. */
  add(key: string, now: number): boolean {
    const seenAt = this.firstSeen.get(key);
    if (seenAt !== undefined && now - seenAt < this.windowMs) return false;
    this.deleteExpired(now);
    if (this.firstSeen.size >= this.maxKeys) return false;
    this.firstSeen.set(key, now);
    return true;
  }

  /** Relies on the map being in insertion order, which is the order of first occurrence. */
  private deleteExpired(now: number) {
    for (const [key, seenAt] of this.firstSeen) {
      if (now - seenAt < this.windowMs) return;
      this.firstSeen.delete(key);
    }
  }
}
