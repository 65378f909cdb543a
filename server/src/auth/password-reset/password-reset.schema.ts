import { z } from 'zod';
import { email, newPassword } from '../passwords/password.schema.ts';

/** What a mailed link carries behind its `#token=`. */
export const linkToken = z.string().min(1).max(200);

export const Forgotten = z
  .strictObject({ email })
  .meta({ id: 'Forgotten', examples: [{ email: 'maud@rubric.example' }] });
export type Forgotten = z.output<typeof Forgotten>;

export const MailUnderWay = z.object({ detail: z.string() }).meta({
  id: 'MailUnderWay',
  examples: [{ detail: 'If there is an account with this address, a mail is on its way.' }],
});

export const Reset = z
  .strictObject({ token: linkToken, password: newPassword })
  .meta({ id: 'Reset', examples: [{ token: 'x'.repeat(32), password: 'a sentence that only she would say' }] });
export type Reset = z.output<typeof Reset>;
