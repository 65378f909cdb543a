import { z } from 'zod';
import { ChangedBy } from '../audit/changed-by.schema.ts';
import { EVENT_TYPES } from '../database/schema/enums.ts';
import { dateTimeOut, idOut, idParam, slugOut } from '../http/wire.schema.ts';
import { cursorParameters } from '../pagination/page.schema.ts';

/** The id of an event, 0 for the position before the first one. */
export const EventPosition = idParam.meta({
  description: 'The id of an event, or 0.',
  override: { type: 'integer', minimum: 0, format: 'int64' },
});

const after = EventPosition.optional();

export const EventQuery = z.strictObject({
  limit: cursorParameters.limit,
  after: after.meta({
    description: 'The id of an event, or `page.next`: lists the events after it. Absent: all events that are kept.',
  }),
});
export type EventQuery = z.output<typeof EventQuery>;

export const EventStreamQuery = z.strictObject({
  after: after.meta({
    description:
      'The id of an event: sends the events after it. `Last-Event-ID` takes precedence. Absent: begins with the next event.',
  }),
});
export type EventStreamQuery = z.output<typeof EventStreamQuery>;

const Event = z
  .object({
    id: idOut.meta({
      description: 'Increases with each event. A reader at this position gets no event with a lower id.',
    }),
    type: z.enum(EVENT_TYPES),
    at: dateTimeOut.meta({
      description: 'The time of the change, or the scheduled time of publication. Events are not ordered by it.',
    }),
    subject: z.object({
      type: z.enum(['article', 'category', 'author']),
      id: idOut,
      slug: slugOut.meta({ description: 'The slug after the change.' }),
    }),
    by: ChangedBy.meta({
      description:
        'The account, the token without an account, or the command. null for schedules and for changes in the database.',
    }),
    changed: z.array(z.string()).meta({ description: 'The fields that an update changed.' }),
  })
  .meta({ id: 'Event', description: 'One change of one article, category or author.' });

export const EventList = z
  .object({
    data: z.array(Event),
    page: z.object({
      limit: z.int().min(1).max(100),
      next: z.string().meta({ description: 'Send it as `after`, now or later, to get the events that follow.' }),
      previous: z.null(),
    }),
  })
  .meta({
    id: 'EventList',
    examples: [
      {
        data: [
          {
            id: 42,
            type: 'article.updated',
            at: '2026-01-31T06:10:00.000Z',
            subject: { type: 'article', id: 12, slug: 'rye-bread' },
            by: { accountId: 3, name: 'Tomasz Wren' },
            changed: ['title', 'categoryIds'],
          },
        ],
        page: { limit: 20, next: '42', previous: null },
      },
    ],
  });

export const EventStreamText = z.string().meta({
  id: 'EventStream',
  description: 'Server-sent events. The `data` of each is an Event.',
  examples: ['id: 42\ndata: {"id":42,"type":"article.updated",…}\n\n'],
});
