import { z } from 'zod';
import { hasVisibleCharacter } from '../../http/blanks.ts';
import { text } from '../../http/wire.schema.ts';
import { normalizePassword } from './normalize-password.ts';

/** In code points, of the normalized password. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 128;

const normalizedPassword = text(MAX_PASSWORD).transform(normalizePassword);

/** A password that a user chooses. Services also check it with `assertNotCommonPassword`. */
export const newPassword = normalizedPassword
  .refine((value) => [...value].length <= MAX_PASSWORD, {
    error: `must be at most ${MAX_PASSWORD} characters`,
    params: { code: 'too_long' },
  })
  .refine((value) => [...value].length >= MIN_PASSWORD, {
    error: `must be at least ${MIN_PASSWORD} characters`,
    params: { code: 'too_short' },
  })
  .refine(hasVisibleCharacter, { error: 'must not be blank', params: { code: 'blank' } })
  .meta({ override: { type: 'string', minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD, format: 'password' } });

/** A password to compare. Only as long as a password can be. */
export const existingPassword = normalizedPassword
  .refine((value) => value !== '', { error: 'must not be empty', params: { code: 'too_short' } })
  .meta({ override: { type: 'string', minLength: 1, maxLength: MAX_PASSWORD, format: 'password' } });

/** Converted to lowercase, so that one address identifies one account. */
export const email = z
  .email('must be an email address')
  .max(254)
  .transform((value) => value.toLowerCase())
  .meta({ override: { type: 'string', format: 'email', maxLength: 254 } });
