import { z } from 'zod';
import { ROLES } from '../../database/schema/enums.ts';
import { MAX } from '../../database/schema/field-limits.ts';
import { dateTimeOut, filledText, idOut, idParam, nameOut, optionalId } from '../../http/wire.schema.ts';
import { envelopeOf, pageParameters } from '../../pagination/page.schema.ts';

const example = {
  id: 7,
  name: 'Maud Sailer',
  email: 'maud@rubric.example',
  role: 'editor',
  authorId: 2,
  secondFactor: true,
  suspendedAt: null,
  createdAt: '2026-01-12T09:30:00.000Z',
  updatedAt: '2026-01-12T09:30:00.000Z',
};

export const Account = z
  .object({
    id: idOut,
    name: nameOut,
    email: z.string().max(MAX.email),
    role: z.enum(ROLES),
    authorId: idOut.nullable().meta({ description: 'The byline: the author that this account is linked to.' }),
    secondFactor: z.boolean().meta({ description: 'Whether signing in also needs a code.' }),
    suspendedAt: dateTimeOut.nullable(),
    createdAt: dateTimeOut,
    updatedAt: dateTimeOut,
  })
  .meta({ id: 'Account', description: 'A user who can sign in.', examples: [example] });

export const AccountList = envelopeOf(Account).meta({
  id: 'AccountList',
  examples: [{ data: [example], page: { limit: 20, next: null, previous: null } }],
});

export const AccountListQuery = z.strictObject(pageParameters);
export type AccountListQuery = z.output<typeof AccountListQuery>;

export const AccountUpdate = z
  .strictObject({
    name: filledText(MAX.name).optional(),
    role: z.enum(ROLES).optional(),
    authorId: optionalId.optional(),
    suspended: z
      .boolean()
      .optional()
      .meta({ description: 'true ends all sessions and refuses the account and its tokens.' }),
  })
  .meta({ id: 'AccountUpdate', examples: [{ role: 'author', authorId: 2 }] });
export type AccountUpdate = z.output<typeof AccountUpdate>;

export const AccountIdParams = z.object({ id: idParam });
export type AccountIdParams = z.output<typeof AccountIdParams>;
