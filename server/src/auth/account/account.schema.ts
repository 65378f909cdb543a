import { z } from 'zod';
import { MAX } from '../../database/schema/field-limits.ts';
import { filledText } from '../../http/wire.schema.ts';
import { existingPassword, newPassword } from '../passwords/password.schema.ts';

const sentence = 'a sentence that only she would say';

/** Whose byline it is and what it may do is for admins to say. */
export const OwnAccountUpdate = z
  .strictObject({ name: filledText(MAX.name).optional() })
  .meta({ id: 'OwnAccountUpdate', examples: [{ name: 'Maud Sailer' }] });
export type OwnAccountUpdate = z.output<typeof OwnAccountUpdate>;

export const PasswordChange = z
  .strictObject({ currentPassword: existingPassword, newPassword })
  .meta({ id: 'PasswordChange', examples: [{ currentPassword: sentence, newPassword: `${sentence}, today` }] });
export type PasswordChange = z.output<typeof PasswordChange>;
