import { z } from 'zod';
import { AUDIT_SOURCES } from '../database/schema/field-limits.ts';
import { dateTime, dateTimeOut, idOut, idParam } from '../http/wire.schema.ts';
import { envelopeOf, pageParameters } from '../pagination/page.schema.ts';

const word = z
  .string()
  .max(100)
  .regex(/^[a-z_]+(\.[a-z_]+)*$/, 'must be small letters and underscores, with dots between words');

export const AuditQuery = z
  .strictObject({
    limit: pageParameters.limit,
    after: pageParameters.after,
    before: pageParameters.before,
    account: idParam.optional().meta({ description: 'Deeds of this account.' }),
    token: idParam.optional().meta({ description: 'Deeds of the holder of this token.' }),
    action: word.optional().meta({ description: 'As in `article.change` or `sign_in.refused`.' }),
    subject: word.optional().meta({ description: 'What it was done to: `article`, `account` and so on.' }),
    subjectId: idParam.optional().meta({ description: 'To which one; together with `subject`.' }),
    'at[gte]': dateTime.optional().meta({ description: 'Then or later.' }),
    'at[lt]': dateTime.optional().meta({ description: 'Before then.' }),
  })
  .refine(({ subject, subjectId }) => subjectId === undefined || subject !== undefined, {
    path: ['subjectId'],
    error: 'must come together with subject',
  });
export type AuditQuery = z.output<typeof AuditQuery>;

const values = z.record(z.string(), z.unknown()).nullable();

const AuditEntry = z
  .object({
    id: idOut,
    at: dateTimeOut,
    via: z.enum(AUDIT_SOURCES).meta({
      description: 'Over HTTP, by a command, or by somebody with a connection of their own to the database.',
    }),
    accountId: idOut.nullable(),
    tokenId: idOut.nullable(),
    address: z.string().nullable(),
    action: z.string(),
    subject: z.string().nullable(),
    subjectId: idOut.nullable(),
    before: values.meta({ description: 'Of a change, the values that differ; of a removal all.' }),
    after: values.meta({
      description: 'Of a change, the values that differ; of a creation all but the content of an article.',
    }),
  })
  .meta({ id: 'AuditEntry', description: 'Who did what to which row, when and from where.' });

export const AuditList = envelopeOf(AuditEntry).meta({
  id: 'AuditList',
  examples: [
    {
      data: [
        {
          id: 71,
          at: '2026-01-31T06:10:00.000Z',
          via: 'http',
          accountId: 3,
          tokenId: null,
          address: '192.0.2.7',
          action: 'article.change',
          subject: 'article',
          subjectId: 12,
          before: { title: 'Bread' },
          after: { title: 'Good bread' },
        },
      ],
      page: { limit: 20, next: null, previous: null },
    },
  ],
});
