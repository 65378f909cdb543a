import { z } from 'zod';
import { ChangedBy } from '../../audit/changed-by.schema.ts';
import { REVISION_KINDS } from '../../database/schema/enums.ts';
import { MAX } from '../../database/schema/field-limits.ts';
import { booleanParam, dateTimeOut, idOut, idParam, versionOut } from '../../http/wire.schema.ts';
import { cursorParameters, envelopeOf } from '../../pagination/page.schema.ts';
import { FIELD_NAMES } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS } from '../article-relations.ts';
import { Article, ArticleReadQuery, articleFieldsParam, exampleWith, RESPONSE_FIELDS } from '../articles.schema.ts';

/** The names that `changed` and comparisons use: those of requests, and `status` for the trash. */
const CHANGED_FIELDS = [...FIELD_NAMES, 'publishedAt', 'status', ...RELATION_FIELDS] as const;
const fieldName = z.enum(CHANGED_FIELDS);

const number = idParam.meta({
  description:
    'The number of a revision: the version of the article after the change. Numbers of saves that were merged into a revision find it too.',
});
export const RevisionParams = z.object({ id: idParam, number });
export type RevisionParams = z.output<typeof RevisionParams>;

const trashed = ArticleReadQuery.shape.trashed;
export const RevisionListQuery = z.strictObject({
  ...cursorParameters,
  trashed,
});
export type RevisionListQuery = z.output<typeof RevisionListQuery>;
export const RevisionReadQuery = z.strictObject({ trashed, fields: articleFieldsParam });
export type RevisionReadQuery = z.output<typeof RevisionReadQuery>;
export const RevisionDiffQuery = z.strictObject({
  trashed: booleanParam.default(false).meta({ description: trashed.meta()?.description }),
  from: number.optional().meta({ description: 'The revision to compare with. Default: the one before.' }),
});
export type RevisionDiffQuery = z.output<typeof RevisionDiffQuery>;

export const Revision = z
  .object({
    number: versionOut.meta({ description: 'The version of the article after this change.' }),
    at: dateTimeOut,
    by: ChangedBy.meta({
      description: 'The account, the token without an account, or the command. null for changes in the database.',
    }),
    kind: z.enum(REVISION_KINDS),
    published: z.boolean().meta({ description: 'Whether readers saw the article right after this change.' }),
    changed: z
      .array(fieldName)
      .meta({ description: 'What differs from the revision before. Empty for the first one.' }),
  })
  .meta({ id: 'Revision', description: 'A saved change of an article.' });

export const RevisionList = envelopeOf(Revision).meta({
  id: 'RevisionList',
  examples: [
    {
      data: [
        {
          number: 2,
          at: '2026-01-31T06:10:00.000Z',
          by: { accountId: 3, name: 'Tomasz Wren' },
          kind: 'change',
          published: true,
          changed: ['title', 'categoryIds'],
        },
      ],
      page: { limit: 20, next: null, previous: null },
    },
  ],
});

const DiffPart = z
  .object({ op: z.enum(['equal', 'insert', 'delete']), text: z.string() })
  .meta({ id: 'DiffPart', description: 'A piece that both texts have, or only the newer or the older one.' });
const value = z.union([z.string(), z.array(idOut)]).nullable();

export const RevisionDiff = z
  .object({
    fields: z.array(
      z.union([
        z.object({ field: fieldName, parts: z.array(DiffPart) }),
        z.object({ field: fieldName, from: value, to: value }),
      ]),
    ),
  })
  .meta({
    id: 'RevisionDiff',
    description:
      'The fields that differ. Texts come in parts: those without `insert` are the older text, those without `delete` the newer ' +
      'one. Links are compared by their ids, in order.',
    examples: [
      {
        fields: [
          {
            field: 'title',
            parts: [
              { op: 'equal', text: 'Rye at ' },
              { op: 'delete', text: 'Four' },
              { op: 'insert', text: 'Five' },
              { op: 'equal', text: ' in the Morning' },
            ],
          },
          { field: 'categoryIds', from: [3], to: [3, 8] },
        ],
      },
    ],
  });

/** A link to a row that has been deleted. */
export const GoneLink = z.object({
  type: z.enum(RELATION_FIELDS.map((field) => ARTICLE_RELATIONS[field].noun)),
  id: idOut,
  name: z.string().max(MAX.name),
});

export const RestoredArticle = Article.extend({
  dropped: z
    .array(GoneLink)
    .meta({ description: 'The links to rows that have been deleted since, by their names then.' }),
}).meta({
  id: 'RestoredArticle',
  description: 'The article after the restore.',
  examples: [{ ...exampleWith(RESPONSE_FIELDS), dropped: [{ type: 'category', id: 5, name: 'Summer 2025' }] }],
});
