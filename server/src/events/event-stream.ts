import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';

/** In bytes: the text that is buffered for the client, in addition to the buffers of the kernel. */
const MAX_WAITING = 65_536;
/** How long a client waits before it connects again. */
const RETRY_MS = 1_000;

/** A response of server-sent events. Text is sent only while the client reads it, so a slow client takes no memory. */
export class EventStream extends Readable {
  /** Whether a delivery is in progress. */
  isBusy = false;
  hasEnded = false;
  private fullSince: number | null = null;
  private sentAt = performance.now();

  /**
   * @param caller identifies the caller, whose streams are counted together
   * @param position the id of the last event that was sent, or that the caller cannot see
   * @param onRoom called when the client has read the buffered text
   */
  constructor(
    readonly request: FastifyRequest,
    readonly caller: string,
    public position: number,
    private readonly onRoom: () => void,
  ) {
    super({ highWaterMark: MAX_WAITING });
    this.send(`: events of Rubric\nretry: ${RETRY_MS}\nid: ${position}\n\n`);
  }

  get hasRoom(): boolean {
    return this.fullSince === null && !this.hasEnded;
  }

  /** Sends events, and moves to the position after them. */
  sendEvents(events: readonly { id: number }[], position: number) {
    this.position = position;
    if (events.length > 0)
      this.send(events.map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
  }

  /**
   * Sends a comment, so that proxies keep the connection open, and the position, which can lie after events that the caller
   * cannot see.
   */
  sendHeartbeat() {
    if (this.hasRoom) this.send(`: heartbeat\nid: ${this.position}\n\n`);
  }

  /** Ends the response. Buffered text is sent, or dropped if the client does not read. */
  end() {
    if (this.hasEnded) return;
    this.hasEnded = true;
    if (this.fullSince === null) this.push(null);
    else this.destroy();
  }

  silentMs(now: number): number {
    return now - this.sentAt;
  }

  fullMs(now: number): number {
    return this.fullSince === null ? 0 : now - this.fullSince;
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.hasEnded = true;
    done(error);
  }

  override _read() {
    if (this.fullSince === null) return;
    this.fullSince = null;
    this.onRoom();
  }

  private send(text: string) {
    if (this.hasEnded) return;
    this.sentAt = performance.now();
    if (!this.push(text)) this.fullSince = this.sentAt;
  }
}
