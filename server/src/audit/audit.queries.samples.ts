import { ACTOR, AT, type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  insertAuditEntry: [[ACTOR, { action: 'access.refused', subject: null, subjectId: null }]],
  updateActor: [[ACTOR]],
  listAuditEntries: {
    '(first page)': [{}, { backward: false, from: null, fetch: 21 }],
    'subject=article&subjectId=1&before=…': [
      { subject: 'article', subjectId: 1 },
      { backward: true, from: { key: AT.toISOString(), id: 71 }, fetch: 21 },
    ],
    'account=1&action=article.change&at[gte]=…': [
      { accountId: 1, action: 'article.change', since: AT.toISOString() },
      { backward: false, from: null, fetch: 21 },
    ],
  },
} satisfies SamplesOf<typeof import('./audit.queries.ts')>;
