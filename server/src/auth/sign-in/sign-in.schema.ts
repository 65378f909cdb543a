import { z } from 'zod';
import { email, existingPassword } from '../passwords/password.schema.ts';
import { totpCode } from '../second-factor/second-factor.schema.ts';

export const SignIn = z
  .strictObject({ email, password: existingPassword })
  .meta({ id: 'SignIn', examples: [{ email: 'maud@rubric.example', password: 'a sentence that only she would say' }] });
export type SignIn = z.output<typeof SignIn>;

export const Challenge = z.object({ secondFactor: z.array(z.enum(['totp', 'recovery'])) }).meta({
  id: 'Challenge',
  description: 'The second factors to choose from.',
  examples: [{ secondFactor: ['totp', 'recovery'] }],
});

export const recoveryCode = z.string().min(1).max(40);

export const SecondFactor = z
  .strictObject({ code: totpCode.optional(), recoveryCode: recoveryCode.optional() })
  .refine(
    (body) => (body.code === undefined) !== (body.recoveryCode === undefined),
    'must contain either code or recoveryCode',
  )
  .meta({ id: 'SecondFactor', examples: [{ code: '492039' }, { recoveryCode: 'x4Tbn-09qLm' }] });
export type SecondFactor = z.output<typeof SecondFactor>;
