import { Inject, Injectable } from '@nestjs/common';
import { type Database, SEQUENCER_DATABASE } from '../database/database.ts';
import { databaseError, READ_ONLY } from '../database/errors.ts';
import { coalesce } from '../scheduling/coalesce.ts';
import { findEventBounds, lockEventSequence, updateEventSequence } from './events.queries.ts';

/** Assigns ids to events, see docs/decisions/0026-events.md. */
@Injectable()
export class EventSequencer {
  /**
   * Numbers all changes that were committed before the call, and schedules that are due. Returns the id of the last event.
   * While PostgreSQL accepts no writes, that is the last event that has been numbered.
   */
  readonly run = coalesce(() => this.numberChanges());

  constructor(@Inject(SEQUENCER_DATABASE) private readonly db: Database) {}

  private async numberChanges(): Promise<number> {
    try {
      return await this.db.transaction(
        async (tx) => {
          await lockEventSequence(tx);
          const { rows } = await updateEventSequence(tx);
          return Number(rows[0]?.lastEventId);
        },
        { isolationLevel: 'repeatable read' },
      );
    } catch (error) {
      if (databaseError(error)?.code !== READ_ONLY) throw error;
      const [bounds] = await findEventBounds(this.db);
      return bounds?.last ?? 0;
    }
  }
}
