import { z } from 'zod';
import { existingPassword } from '../passwords/password.schema.ts';

export const totpCode = z.string().regex(/^\d{6}$/, 'must be six digits');

const examplePassword = 'a sentence that only she would say';

export const PasswordConfirmation = z
  .strictObject({ password: existingPassword })
  .meta({ id: 'PasswordConfirmation', examples: [{ password: examplePassword }] });
export type PasswordConfirmation = z.output<typeof PasswordConfirmation>;

export const AuthenticatorCode = z
  .strictObject({ code: totpCode })
  .meta({ id: 'AuthenticatorCode', examples: [{ code: '492039' }] });
export type AuthenticatorCode = z.output<typeof AuthenticatorCode>;

const exampleCodes = ['x4Tbn-09qLm', 'Qa81k-ZpW3e'];

export const NewSecondFactor = z
  .object({
    uri: z.string().meta({ description: 'The otpauth URI, to show as a QR code.' }),
    secret: z.string().meta({ description: 'The secret of the URI, for typing in.' }),
    recoveryCodes: z
      .array(z.string())
      .meta({ description: 'Each works once, in place of a code of the authenticator. Shown only once.' }),
  })
  .meta({
    id: 'NewSecondFactor',
    examples: [
      {
        uri: 'otpauth://totp/Rubric:maud%40rubric.example?secret=JBSWY3DPEHPK3PXP&issuer=Rubric',
        secret: 'JBSWY3DPEHPK3PXP',
        recoveryCodes: exampleCodes,
      },
    ],
  });

export const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes', examples: [{ recoveryCodes: exampleCodes }] });
