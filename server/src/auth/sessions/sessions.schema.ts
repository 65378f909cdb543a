import { z } from 'zod';
import { dateTimeOut, idOut, idParam } from '../../http/wire.schema.ts';

const example = {
  id: 31,
  current: true,
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0',
  createdAt: '2026-01-12T09:30:00.000Z',
  seenAt: '2026-01-12T11:30:00.000Z',
  expiresAt: '2026-02-11T09:30:00.000Z',
};

const Session = z
  .object({
    id: idOut,
    current: z.boolean().meta({ description: 'Whether this request used it.' }),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: dateTimeOut,
    seenAt: dateTimeOut.meta({ description: 'When it was last used, accurate to the hour.' }),
    expiresAt: dateTimeOut.meta({
      description: 'When it ends at the latest. It ends earlier after seven days without use.',
    }),
  })
  .meta({ id: 'Session', examples: [example] });

export const SessionList = z
  .object({ data: z.array(Session) })
  .meta({ id: 'SessionList', examples: [{ data: [example] }] });

export const SessionIdParams = z.object({ id: idParam });
export type SessionIdParams = z.output<typeof SessionIdParams>;
