import { z } from 'zod';
import { ROLES } from '../../database/schema/enums.ts';
import { MAX } from '../../database/schema/field-limits.ts';
import { dateTimeOut, filledText, idOut, idParam, optionalId } from '../../http/wire.schema.ts';
import { linkToken } from '../password-reset/password-reset.schema.ts';
import { email, newPassword } from '../passwords/password.schema.ts';

export const InvitationCreate = z
  .strictObject({ email, role: z.enum(ROLES), authorId: optionalId.optional() })
  .meta({ id: 'InvitationCreate', examples: [{ email: 'maud@rubric.example', role: 'author' }] });
export type InvitationCreate = z.output<typeof InvitationCreate>;

const invitationFields = {
  id: idOut,
  email: z.string().max(MAX.email),
  role: z.enum(ROLES),
  authorId: idOut.nullable(),
  invitedBy: idOut.nullable().meta({
    description:
      'The account that created the invitation. The link works only while it is an active admin. null: the installation.',
  }),
  createdAt: dateTimeOut,
  expiresAt: dateTimeOut,
  acceptedAt: dateTimeOut.nullable(),
};

const example = {
  id: 3,
  email: 'maud@rubric.example',
  role: 'author',
  authorId: null,
  invitedBy: 7,
  createdAt: '2026-01-12T09:30:00.000Z',
  expiresAt: '2026-01-19T09:30:00.000Z',
  acceptedAt: null,
};

const Invitation = z.object(invitationFields).meta({ id: 'Invitation', examples: [example] });

export const NewInvitation = z
  .object({
    ...invitationFields,
    link: z.string().meta({ description: 'The link, also sent by email. Shown only once.' }),
  })
  .meta({
    id: 'NewInvitation',
    examples: [{ ...example, link: `https://rubric.example/accept-invitation#token=${'x'.repeat(43)}` }],
  });

export const InvitationList = z
  .object({ data: z.array(Invitation) })
  .meta({ id: 'InvitationList', examples: [{ data: [example] }] });

export const InvitationIdParams = z.object({ id: idParam });
export type InvitationIdParams = z.output<typeof InvitationIdParams>;

export const InvitationAcceptance = z
  .strictObject({ token: linkToken, name: filledText(MAX.name), password: newPassword })
  .meta({
    id: 'InvitationAcceptance',
    examples: [{ token: 'x'.repeat(43), name: 'Maud Sailer', password: 'a sentence that only she would say' }],
  });
export type InvitationAcceptance = z.output<typeof InvitationAcceptance>;
