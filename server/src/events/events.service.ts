import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.ts';
import { EventSequencer } from './event-sequencer.writer.ts';
import { EventsReader } from './events.reader.ts';
import type { EventQuery } from './events.schema.ts';

/** Lists events in pages. */
@Injectable()
export class EventsService {
  constructor(
    private readonly sequencer: EventSequencer,
    private readonly reader: EventsReader,
  ) {}

  async findAll({ after, limit }: EventQuery, principal: Principal) {
    const until = await this.sequencer.run();
    const start = after ?? (await this.reader.findStart());
    const { events, position } = await this.reader.findPage(principal, { after: start, until, limit });
    return { data: events, page: { limit, next: String(position), previous: null } };
  }
}
