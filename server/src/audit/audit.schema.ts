import { z } from 'zod';
import { AUDIT_SOURCES } from '../database/schema/enums.ts';
import { dateTimeOut, idOut, idParam, timeBound, versionOut } from '../http/wire.schema.ts';
import { cursorParameters, envelopeOf } from '../pagination/page.schema.ts';

const dottedName = z
  .string()
  .max(100)
  .regex(/^[a-z_]+(\.[a-z_]+)*$/, 'must be lowercase letters and underscores, in groups separated by dots');

export const AuditQuery = z
  .strictObject({
    ...cursorParameters,
    account: idParam.optional().meta({ description: 'Entries by this account.' }),
    token: idParam.optional().meta({ description: 'Entries by this token.' }),
    action: dottedName.optional().meta({ description: 'For example `article.change` or `session.refused`.' }),
    subject: dottedName.optional().meta({ description: 'The kind of row: `article`, `account` and so on.' }),
    subjectId: idParam.optional().meta({ description: 'The id of the row. Requires `subject`.' }),
    'at[gte]': timeBound.optional().meta({ description: 'At this time or later.' }),
    'at[lt]': timeBound.optional().meta({ description: 'Before this time.' }),
  })
  .refine(({ subject, subjectId }) => subjectId === undefined || subject !== undefined, {
    path: ['subjectId'],
    error: 'requires subject',
  });
export type AuditQuery = z.output<typeof AuditQuery>;

const changedValues = z.record(z.string(), z.unknown()).nullable();

const AuditEntry = z
  .object({
    id: idOut,
    at: dateTimeOut,
    via: z.enum(AUDIT_SOURCES).meta({
      description: 'The source of the change: the API, a `rubric` command, or a direct connection to the database.',
    }),
    accountId: idOut.nullable(),
    tokenId: idOut.nullable(),
    address: z.string().nullable(),
    command: z.string().nullable().meta({ description: 'The name of the command, for example `import wordpress`.' }),
    action: z.string(),
    subject: z.string().nullable(),
    subjectId: idOut.nullable(),
    revision: versionOut.nullable().meta({
      description: 'For a change of an article: the number of its revision, which contains the texts.',
    }),
    changed: z.array(z.string()).nullable().meta({ description: 'The fields that an update changed.' }),
    before: changedValues.meta({
      description:
        'The old values: for an update the ones that differ, for a deletion all. Without the texts of articles.',
    }),
    after: changedValues.meta({
      description:
        'The new values: for an update the ones that differ, for a creation all. Without the texts of articles.',
    }),
  })
  .meta({ id: 'AuditEntry', description: 'One event: who did what to which row, when and from which address.' });

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
          command: null,
          action: 'article.change',
          subject: 'article',
          subjectId: 12,
          revision: 5,
          changed: ['title', 'categoryIds'],
          before: { categoryIds: [3] },
          after: { categoryIds: [3, 8] },
        },
      ],
      page: { limit: 20, next: null, previous: null },
    },
  ],
});
