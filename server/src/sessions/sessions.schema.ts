import { z } from 'zod';
import { idOut, instantOut, pathId } from '../http/wire.schema.ts';
import { email, givenPassword } from '../passwords/password.schema.ts';

export const SignIn = z
  .strictObject({ email, password: givenPassword })
  .meta({ id: 'SignIn', examples: [{ email: 'maud@rubric.example', password: 'a sentence that only she would say' }] });
export type SignIn = z.output<typeof SignIn>;

export const Challenge = z.object({ secondFactor: z.array(z.enum(['totp', 'recovery'])) }).meta({
  id: 'Challenge',
  description: 'What the second step may be.',
  examples: [{ secondFactor: ['totp', 'recovery'] }],
});

export const totpCode = z.string().regex(/^\d{6}$/, 'must be six digits');
export const recoveryCode = z.string().min(1).max(40);

export const SecondFactor = z
  .strictObject({ code: totpCode.optional(), recoveryCode: recoveryCode.optional() })
  .refine((body) => (body.code === undefined) !== (body.recoveryCode === undefined), 'must hold code or recoveryCode')
  .meta({ id: 'SecondFactor', examples: [{ code: '492039' }, { recoveryCode: 'x4Tbn-09qLm' }] });
export type SecondFactor = z.output<typeof SecondFactor>;

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
    current: z.boolean().meta({ description: 'Whether this call came with it.' }),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: instantOut,
    seenAt: instantOut.meta({ description: 'When it was last used, to the hour.' }),
    expiresAt: instantOut.meta({ description: 'When it ends at the latest; unused for seven days it ends sooner.' }),
  })
  .meta({ id: 'Session', examples: [example] });

export const SessionList = z
  .object({ data: z.array(Session) })
  .meta({ id: 'SessionList', examples: [{ data: [example] }] });

export const SessionPath = z.object({ id: pathId });
