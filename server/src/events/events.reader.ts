import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.ts';
import { readScopeOf } from '../articles/visibility/visibility.ts';
import { changedBy } from '../audit/changed-by.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { Problem } from '../http/problems.ts';
import { findEventBounds, listEvents } from './events.queries.ts';

/** Limits the work for a caller that can see few events: a page can be short although more follow. */
const MAX_SCANNED = 10_000;

type EventRow = Awaited<ReturnType<typeof listEvents>>[number];
export type Event = ReturnType<typeof toEvent>;

export interface EventPage {
  events: Event[];
  /** The id of the last event that the page covers, visible or not. */
  position: number;
}

/** Reads the events that a caller can see. */
@Injectable()
export class EventsReader {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** Returns the position before the first event that is kept. */
  async findStart(): Promise<number> {
    const [bounds] = await findEventBounds(this.db);
    return (bounds?.first ?? 1) - 1;
  }

  /** @throws Problem `events_expired` if events after this position are no longer kept */
  async assertKept(position: number): Promise<void> {
    if (position < (await this.findStart())) throw new Problem('events_expired');
  }

  /**
   * @param after the id of the event before the page
   * @param until the id of the last event that it can contain
   * @throws Problem `events_expired`
   */
  async findPage(
    principal: Principal,
    { after, until, limit }: { after: number; until: number; limit: number },
  ): Promise<EventPage> {
    const end = Math.min(until, after + MAX_SCANNED);
    const rows = after < end ? await listEvents(this.db, readScopeOf(principal), { after, until: end, limit }) : [];
    // Checked after the read: events that are kept now were kept then.
    await this.assertKept(after);
    return {
      events: rows.map(toEvent),
      position: rows.length === limit ? (rows.at(-1)?.id ?? after) : after < end ? end : after,
    };
  }
}

function toEvent({ id, type, at, subjectType, subjectId, slug, changed, ...actor }: EventRow) {
  return {
    id,
    type,
    at: at.toISOString(),
    subject: { type: subjectType, id: subjectId, slug },
    by: changedBy(actor),
    changed: changed ?? [],
  };
}
