import { z } from 'zod';
import { ROLES } from '../../database/schema/enums.ts';
import { MAX } from '../../database/schema/field-limits.ts';
import {
  dateTime,
  dateTimeOut,
  filledText,
  idList,
  idOut,
  idParam,
  nameOut,
  optionalId,
} from '../../http/wire.schema.ts';

export const TokenCreate = z
  .strictObject({
    name: filledText(MAX.name),
    role: z.enum(ROLES).meta({ description: 'Must not have more permissions than the owner.' }),
    accountId: optionalId
      .optional()
      .meta({ description: "The owner. Default: the caller's account. null: the installation, for admins only." }),
    readOnly: z.boolean().default(false).meta({ description: 'Whether the token can only read.' }),
    categoryIds: idList
      .refine((ids) => ids.length > 0, { error: 'must contain at least one category', params: { code: 'too_small' } })
      .nullable()
      .optional()
      .meta({ description: 'Limits the token to articles in these categories. Absent or null: no limit.' }),
    expiresAt: dateTime
      .refine((value) => value.getTime() > Date.now(), 'must be in the future')
      .nullable()
      .optional(),
  })
  .meta({ id: 'TokenCreate', examples: [{ name: 'front end', role: 'reader' }] });
export type TokenCreate = z.output<typeof TokenCreate>;

const tokenShape = {
  id: idOut,
  name: nameOut,
  role: z.enum(ROLES),
  accountId: idOut.nullable().meta({ description: 'The owner. The token is deleted with it. null: the installation.' }),
  readOnly: z.boolean(),
  categoryIds: z.array(idOut).nullable(),
  prefix: z.string().meta({ description: 'The public part of the token, for identifying it.' }),
  createdAt: dateTimeOut,
  expiresAt: dateTimeOut.nullable(),
  revokedAt: dateTimeOut.nullable(),
  lastUsedAt: dateTimeOut.nullable().meta({ description: 'Accurate to the hour.' }),
};

const example = {
  id: 4,
  name: 'front end',
  role: 'reader',
  accountId: null,
  readOnly: false,
  categoryIds: null,
  prefix: '5f0c9a41d2b7e638',
  createdAt: '2026-01-12T09:30:00.000Z',
  expiresAt: '2026-04-12T09:30:00.000Z',
  revokedAt: null,
  lastUsedAt: '2026-02-03T17:12:08.000Z',
};

export const Token = z
  .object(tokenShape)
  .meta({ id: 'Token', description: 'An API token without its secret.', examples: [example] });
export const NewToken = z
  .object({ ...tokenShape, token: z.string().meta({ description: 'The whole token. Shown only once.' }) })
  .meta({ id: 'NewToken', examples: [{ ...example, token: `rubric_${example.prefix}_${'x'.repeat(43)}` }] });
export const TokenList = z.object({ data: z.array(Token) }).meta({ id: 'TokenList', examples: [{ data: [example] }] });
export const TokenIdParams = z.object({ id: idParam });
export type TokenIdParams = z.output<typeof TokenIdParams>;
