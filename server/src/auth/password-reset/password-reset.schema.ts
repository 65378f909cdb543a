import { z } from 'zod';
import { email, newPassword } from '../passwords/password.schema.ts';

/** The token of an emailed link, from its fragment `#token=…`. */
export const linkToken = z.string().min(1).max(200);

export const ForgottenPassword = z
  .strictObject({ email })
  .meta({ id: 'ForgottenPassword', examples: [{ email: 'maud@rubric.example' }] });
export type ForgottenPassword = z.output<typeof ForgottenPassword>;

export const MailAccepted = z.object({ detail: z.string() }).meta({
  id: 'MailAccepted',
  examples: [{ detail: 'If an account has this email address, a link is on its way.' }],
});

export const PasswordReset = z
  .strictObject({ token: linkToken, password: newPassword })
  .meta({ id: 'PasswordReset', examples: [{ token: 'x'.repeat(32), password: 'a sentence that only she would say' }] });
export type PasswordReset = z.output<typeof PasswordReset>;
