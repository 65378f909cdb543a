import { z } from 'zod';
import { existingPassword } from '../passwords/password.schema.ts';

export const totpCode = z.string().regex(/^\d{6}$/, 'must be six digits');

const sentence = 'a sentence that only she would say';

export const PasswordConfirmation = z
  .strictObject({ password: existingPassword })
  .meta({ id: 'PasswordConfirmation', examples: [{ password: sentence }] });
export type PasswordConfirmation = z.output<typeof PasswordConfirmation>;

export const AuthenticatorCode = z
  .strictObject({ code: totpCode })
  .meta({ id: 'AuthenticatorCode', examples: [{ code: '492039' }] });
export type AuthenticatorCode = z.output<typeof AuthenticatorCode>;

const codes = ['x4Tbn-09qLm', 'Qa81k-ZpW3e'];

export const NewSecondFactor = z
  .object({
    uri: z.string().meta({ description: 'For the authenticator, as a picture (a QR code).' }),
    secret: z.string().meta({ description: 'The same, to type in.' }),
    recoveryCodes: z.array(z.string()).meta({ description: 'Each is good once, in place of a code; shown this once.' }),
  })
  .meta({
    id: 'NewSecondFactor',
    examples: [
      {
        uri: 'otpauth://totp/Rubric:maud%40rubric.example?secret=JBSWY3DPEHPK3PXP&issuer=Rubric',
        secret: 'JBSWY3DPEHPK3PXP',
        recoveryCodes: codes,
      },
    ],
  });

export const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes', examples: [{ recoveryCodes: codes }] });
