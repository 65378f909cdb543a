import { z } from 'zod';
import { text } from '../../http/wire.schema.ts';

/** In code points. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 128;

/** A password that a user chooses. Services also check it with `assertNotCommonPassword`. */
export const newPassword = text(MAX_PASSWORD)
  .refine((value) => [...value].length >= MIN_PASSWORD, {
    error: `must be at least ${MIN_PASSWORD} characters`,
    params: { code: 'too_short' },
  })
  .meta({ minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD, format: 'password' });

/** A password to compare. Only as long as a password can be. */
export const existingPassword = text(MAX_PASSWORD).min(1).meta({ format: 'password' });

/** Converted to lowercase, so that one address identifies one account. */
export const email = z
  .email('must be an email address')
  .max(254)
  .transform((value) => value.toLowerCase())
  .meta({ override: { type: 'string', format: 'email', maxLength: 254 } });
