import { Readable } from 'node:stream';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AUTHENTICATOR, type Authenticator } from '../access/authenticator.ts';
import { type Principal, scopeOf } from '../access/principal.ts';
import { Problem, type ProblemCode } from '../http/problems.ts';
import { BackgroundTasks } from '../scheduling/background-tasks.ts';
import { EventSequencer } from './event-sequencer.writer.ts';
import { EventStream } from './event-stream.ts';
import { EventsReader } from './events.reader.ts';

/** Per server. A stream costs up to 100 kB of memory, and a lookup of its token each second. */
const MAX_STREAMS = 200;
const MAX_STREAMS_PER_CALLER = 20;
const PAGE = 100;
/** Proxies close a connection that is silent, many of them after 30 or 60 seconds. */
const HEARTBEAT_MS = 10_000;
/** A client that has not read its buffered text for this long is disconnected. */
const MAX_FULL_MS = 10_000;

/** The problems that end a stream; it continues after others, such as a restart of PostgreSQL. */
const FINAL_PROBLEMS: readonly ProblemCode[] = ['unauthorized', 'events_expired'];

/** Sends events to the clients that listen to this server. */
@Injectable()
export class EventStreamsService implements OnModuleDestroy {
  private readonly logger = new Logger('Events');
  private readonly streams = new Set<EventStream>();
  private readonly deliveries = new BackgroundTasks();
  private lastEventId = 0;
  private isStopping = false;

  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly sequencer: EventSequencer,
    private readonly reader: EventsReader,
  ) {}

  /**
   * @param after the id of an event; undefined to begin with the next event
   * @throws Problem `events_expired` or `too_many_streams`
   */
  async open(request: FastifyRequest, principal: Principal, after: number | undefined): Promise<Readable> {
    const lastEventId = await this.sequencer.run();
    if (after !== undefined) await this.reader.assertKept(after);
    if (request.method === 'HEAD' || this.isStopping) return Readable.from([]);
    const caller = `${principal.tokenId} ${principal.accountId}`;
    this.assertNotTooMany(caller);
    const stream = new EventStream(request, caller, after ?? lastEventId, () => this.deliver(stream));
    this.streams.add(stream);
    stream.once('close', () => this.streams.delete(stream));
    this.deliverTo([stream], lastEventId);
    return stream;
  }

  /** Numbers committed changes, and sends the events. */
  async update(): Promise<void> {
    this.deliverTo(this.streams, await this.sequencer.run());
  }

  /** Ends streams whose callers lost their rights or do not read, and sends heartbeats. */
  async maintain(): Promise<void> {
    for (const stream of this.streams) {
      if (stream.fullMs(performance.now()) > MAX_FULL_MS) stream.end();
      else if (stream.silentMs(performance.now()) > HEARTBEAT_MS) stream.sendHeartbeat();
    }
    for (const stream of this.streams) await this.attempt(stream, async () => void (await this.authorize(stream)));
  }

  /** Runs before the server stops accepting requests, because that waits for open responses. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    for (const stream of this.streams) stream.end();
    await this.deliveries.finished();
  }

  private assertNotTooMany(caller: string) {
    const ofCaller = this.streams.values().filter((stream) => stream.caller === caller);
    if (this.streams.size < MAX_STREAMS && [...ofCaller].length < MAX_STREAMS_PER_CALLER) return;
    const problem = new Problem('too_many_streams');
    problem.retryAfter = 10;
    throw problem;
  }

  private deliverTo(streams: Iterable<EventStream>, lastEventId: number) {
    this.lastEventId = Math.max(this.lastEventId, lastEventId);
    for (const stream of streams) this.deliver(stream);
  }

  private deliver(stream: EventStream) {
    if (stream.isBusy || !this.hasMoreFor(stream)) return;
    stream.isBusy = true;
    const delivery = () => this.attempt(stream, () => this.sendPages(stream)).finally(() => (stream.isBusy = false));
    this.deliveries.run(delivery, (error) => this.logger.error({ err: error }, 'events could not be sent'));
  }

  private hasMoreFor(stream: EventStream): boolean {
    return stream.hasRoom && stream.position < this.lastEventId && !this.isStopping;
  }

  private async sendPages(stream: EventStream) {
    while (this.hasMoreFor(stream)) {
      // In this order, so that the rights are those after the events happened.
      const until = this.lastEventId;
      const principal = await this.authorize(stream);
      if (principal === null) return;
      const { events, position } = await this.reader.findPage(principal, {
        after: stream.position,
        until,
        limit: PAGE,
      });
      stream.sendEvents(events, position);
    }
  }

  /**
   * Returns the caller with its current rights. Ends the stream and returns null if the caller can no longer read events.
   */
  private async authorize(stream: EventStream): Promise<Principal | null> {
    const principal = await this.authenticator.reauthenticate(stream.request);
    if (scopeOf(principal, 'articles.readUnpublished') !== undefined) return principal;
    stream.end();
    return null;
  }

  private async attempt(stream: EventStream, work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      if (error instanceof Problem && FINAL_PROBLEMS.includes(error.code)) stream.end();
    }
  }
}
