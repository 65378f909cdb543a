import { z } from 'zod';
import { MAX } from '../../database/schema/field-limits.ts';
import { filledText } from '../../http/wire.schema.ts';
import { existingPassword, newPassword } from '../passwords/password.schema.ts';

const examplePassword = 'a sentence that only she would say';

/** Only admins can set the byline and the role, see `AccountUpdate`. */
export const OwnAccountUpdate = z
  .strictObject({ name: filledText(MAX.name).optional() })
  .meta({ id: 'OwnAccountUpdate', examples: [{ name: 'Maud Sailer' }] });
export type OwnAccountUpdate = z.output<typeof OwnAccountUpdate>;

export const PasswordChange = z.strictObject({ currentPassword: existingPassword, newPassword }).meta({
  id: 'PasswordChange',
  examples: [{ currentPassword: examplePassword, newPassword: `${examplePassword}, today` }],
});
export type PasswordChange = z.output<typeof PasswordChange>;
