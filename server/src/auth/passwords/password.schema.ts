import { z } from 'zod';
import { text } from '../../http/wire.schema.ts';

/** In characters (code points): a sentence is welcome, and none of it is cut off. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 128;

/** A password that somebody chooses; that it is not too common is for the service to find out. */
export const newPassword = text(MAX_PASSWORD)
  .refine((value) => [...value].length >= MIN_PASSWORD, {
    error: `must be at least ${MIN_PASSWORD} characters`,
    params: { code: 'too_short' },
  })
  .meta({ minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD, format: 'password' });

/** A password that is claimed to be right: only so long that none can be longer. */
export const existingPassword = text(MAX_PASSWORD).min(1).meta({ format: 'password' });

/** In small letters: an address is one account, however somebody writes it. */
export const email = z
  .email('must be an e-mail address')
  .max(254)
  .transform((value) => value.toLowerCase())
  .meta({ override: { type: 'string', format: 'email', maxLength: 254 } });
