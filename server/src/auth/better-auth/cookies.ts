import { createHmac, timingSafeEqual } from 'node:crypto';

/** The names of the two cookies: the session, and the challenge of a sign-in that waits for the second factor. */
export interface CookieNames {
  session: string;
  challenge: string;
}

/** Browsers accept `__Host-` cookies only over TLS, for exactly this host and for all paths. */
export const cookieNames = (secure: boolean): CookieNames =>
  secure
    ? { session: '__Host-rubric_session', challenge: '__Host-rubric_challenge' }
    : { session: 'rubric_session', challenge: 'rubric_challenge' };

/** Returns the undecoded value of a cookie. If several have the name, the first one wins, as in better-auth. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return undefined;
}

/**
 * Returns the value of a signed cookie in the format of better-auth: percent-encoded `value.signature`, where the signature
 * is the HMAC-SHA256 of the value. Verifying it here saves every request of a signed-in user a call to better-auth.
 *
 * @returns undefined if the signature is missing or wrong
 */
export function verifySignedCookie(cookie: string | undefined, secret: string): string | undefined {
  const [value, signature] = splitSignedCookie(cookie);
  if (value === undefined || signature === undefined) return undefined;
  const expected = createHmac('sha256', secret).update(value).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : undefined;
}

function splitSignedCookie(cookie: string | undefined): [value?: string, signature?: string] {
  if (cookie === undefined || cookie.length > 1_000) return [];
  try {
    const text = decodeURIComponent(cookie);
    const separator = text.lastIndexOf('.');
    return separator > 0 ? [text.slice(0, separator), text.slice(separator + 1)] : [];
  } catch {
    return [];
  }
}

/** Keeps our own cookies of the ones that better-auth sets. It also clears cookies that are never set here. */
export const keepOwnCookies = (setCookies: string[], names: CookieNames): string[] =>
  setCookies.filter((line) => line.startsWith(`${names.session}=`) || line.startsWith(`${names.challenge}=`));
