import { z } from 'zod';
import { ChangedBy } from '../../audit/changed-by.schema.ts';
import { versionOut } from '../../http/wire.schema.ts';
import { fieldsParam } from '../../pagination/page.schema.ts';
import { Article, ArticleUpdate, exampleWith, RESPONSE_FIELDS } from '../articles.schema.ts';
import { RENDERED_FIELDS } from '../content/rendered-fields.ts';
import { recordOf } from '../record-of.ts';
import { GoneLink } from '../revisions/revisions.schema.ts';
import { DRAFT_FIELDS } from './merge-draft.ts';

export const DraftUpdate = ArticleUpdate.omit({ publishedAt: true }).meta({
  id: 'DraftUpdate',
  examples: [{ title: 'Rye at Five in the Morning', categoryIds: [8, 3] }],
});
export type DraftUpdate = z.output<typeof DraftUpdate>;

export const DraftPublish = z
  .strictObject({
    prefer: z
      .strictObject(recordOf(DRAFT_FIELDS, () => z.enum(['draft', 'article']).optional()))
      .optional()
      .meta({
        description:
          'For fields that the draft has changed: whether the article gets the value of the `draft` or keeps that of the `article`.',
      }),
  })
  .meta({ id: 'DraftPublish', examples: [{ prefer: { title: 'draft', categoryIds: 'article' } }] });
export type DraftPublish = z.output<typeof DraftPublish>;

const draftShape = {
  baseVersion: versionOut.meta({ description: 'The version of the article from which the draft was created.' }),
  updatedBy: ChangedBy.meta({
    description:
      'The last save was by this account, token without an account, or command. null for a change in the database.',
  }),
  gone: z.array(GoneLink).meta({
    description:
      'The links to rows that have been deleted since, with their last names. No other field contains them, and ' +
      'publishing fails until the draft has other links.',
  }),
};

export const Draft = z.object({ ...Article.omit({ hasDraft: true }).shape, ...draftShape }).meta({
  id: 'Draft',
  description:
    'A working draft. `version` and `updatedAt` are those of the draft; `status` and the other times are those of the article.',
  examples: [
    {
      ...exampleWith(RESPONSE_FIELDS),
      version: 6,
      baseVersion: 4,
      updatedBy: { accountId: 3, name: 'Tomasz Wren' },
      gone: [],
    },
  ],
});

export const DraftReadQuery = z.strictObject({
  fields: fieldsParam([
    ...RESPONSE_FIELDS,
    ...(Object.keys(draftShape) as (keyof typeof draftShape)[]),
    ...RENDERED_FIELDS,
  ]),
});
export type DraftReadQuery = z.output<typeof DraftReadQuery>;
