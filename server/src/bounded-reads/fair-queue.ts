import type { Requester } from './requester.ts';

interface Waiting {
  requester: Requester;
  share: number;
  /** Ends the wait, with a turn or without one. */
  settle: (hasTurn: boolean) => void;
}

/** Thrown when the queue is full. */
export class QueueFull extends Error {}

/**
 * Limits how much runs and how much waits at the same time. Addresses take turns, and so do the connections of one address:
 * a client with many requests delays only its own. A full queue drops the latest request of the address (or of the
 * connection) with the most requests, if the new request still has fewer after it joins.
 *
 * All clients behind a proxy that is not trusted have one address; then their connections take turns.
 */
export class FairQueue {
  private running = 0;
  /** By address, then by the signal of the connection, both in the order of their turns. */
  private readonly waiting = new Map<string, Map<AbortSignal, Waiting[]>>();
  private waitingCount = 0;

  /**
   * @param concurrency how many run at once: the sum of their shares
   * @param capacity how many wait at most
   */
  constructor(
    private readonly concurrency: number,
    private readonly capacity: number,
  ) {}

  /**
   * Waits for a turn, runs `work`, and starts the next requests for which there is room.
   *
   * @param share above 0 and at most 1; in eighths, so that sums are exact
   * @throws QueueFull if the queue is full, or if the client closed its connection before its turn
   */
  async run<T>(requester: Requester, work: () => Promise<T>, share = 1): Promise<T> {
    if (this.waitingCount === 0 && this.hasRoomFor(share)) this.running += share;
    else await this.wait({ requester, share });
    try {
      return await work();
    } finally {
      this.running -= share;
      this.startWaiting();
    }
  }

  private readonly hasRoomFor = (share: number) => this.running + share <= this.concurrency;

  private async wait({ requester, share }: Pick<Waiting, 'requester' | 'share'>): Promise<void> {
    if (this.waitingCount >= this.capacity) this.dropHungUp();
    if (this.waitingCount >= this.capacity && !this.makeRoomFor(requester)) throw new QueueFull();
    const { promise, resolve: settle } = Promise.withResolvers<boolean>();
    this.add({ requester, share, settle });
    if (!(await promise)) throw new QueueFull();
  }

  /** Starts waiting requests in the order of their turns: small shares do not overtake a large one. */
  private startWaiting() {
    for (let entry = this.first(); entry; entry = this.first()) {
      const hasHungUp = entry.requester.signal.aborted;
      if (!hasHungUp && !this.hasRoomFor(entry.share)) return;
      this.take(entry);
      if (!hasHungUp) this.running += entry.share;
      entry.settle(!hasHungUp);
    }
  }

  /**
   * Requests of closed connections stay in the queue until their turn, or until the queue is full: a listener would cost
   * more than a read.
   */
  private dropHungUp() {
    for (const entry of [...this.waiting.values()].flatMap(entriesOf)) {
      if (entry.requester.signal.aborted) this.drop(entry);
    }
  }

  private add(entry: Waiting) {
    const { address, signal } = entry.requester;
    const connections = this.waiting.get(address) ?? new Map<AbortSignal, Waiting[]>();
    this.waiting.set(address, connections);
    const entries = connections.get(signal);
    if (entries) entries.push(entry);
    else connections.set(signal, [entry]);
    this.waitingCount += 1;
  }

  private first(): Waiting | undefined {
    const [connections] = this.waiting.values();
    const [entries] = connections?.values() ?? [];
    return entries?.[0];
  }

  /** Removes the first entry. The other entries of its connection, and of its address, get the last turns. */
  private take(entry: Waiting) {
    const { address, signal } = entry.requester;
    this.remove(entry);
    const connections = this.waiting.get(address);
    const entries = connections?.get(signal);
    if (connections && entries) moveToEnd(connections, signal, entries);
    if (connections) moveToEnd(this.waiting, address, connections);
  }

  private remove(entry: Waiting) {
    const { address, signal } = entry.requester;
    const connections = this.waiting.get(address);
    const entries = connections?.get(signal);
    const index = entries?.indexOf(entry) ?? -1;
    if (!connections || !entries || index < 0) return;
    entries.splice(index, 1);
    this.waitingCount -= 1;
    if (entries.length === 0) connections.delete(signal);
    if (connections.size === 0) this.waiting.delete(address);
  }

  private drop(entry: Waiting) {
    this.remove(entry);
    entry.settle(false);
  }

  /** @returns whether an entry was dropped: of the address, or else of the connection, that has the most */
  private makeRoomFor({ address, signal }: Requester): boolean {
    const own = this.waiting.get(address);
    const latest =
      latestOfLargest([...this.waiting.values()].map(entriesOf), own ? entriesOf(own).length : 0) ??
      latestOfLargest([...(own?.values() ?? [])], own?.get(signal)?.length ?? 0);
    if (latest) this.drop(latest);
    return latest !== undefined;
  }
}

function moveToEnd<K, V>(map: Map<K, V>, key: K, value: V) {
  map.delete(key);
  map.set(key, value);
}

const entriesOf = (connections: Map<AbortSignal, Waiting[]>): Waiting[] => [...connections.values()].flat();

/** The latest entry of the largest group, if that group stays at least as large as one of `ownSize` with one more. */
function latestOfLargest(groups: Waiting[][], ownSize: number): Waiting | undefined {
  const largest = groups.reduce<Waiting[]>((most, group) => (group.length > most.length ? group : most), []);
  return largest.length > ownSize + 1 ? largest.at(-1) : undefined;
}
