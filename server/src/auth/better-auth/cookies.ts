import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the two cookies of Rubric are called: who is signed in, and who still owes a second factor. */
export interface CookieNames {
  session: string;
  challenge: string;
}

/** `__Host-` binds a cookie to this very host, over TLS, for all paths; browsers refuse it elsewhere. */
export const cookieNames = (secure: boolean): CookieNames =>
  secure
    ? { session: '__Host-rubric_session', challenge: '__Host-rubric_challenge' }
    : { session: 'rubric_session', challenge: 'rubric_challenge' };

/** The value of a cookie as it was sent; of several with one name, the first, as better-auth takes it. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * What a signed cookie says: `value.signature` with the HMAC-SHA256 of the value, percent-encoded, as better-auth writes
 * it. Looking here spares each request of a person what better-auth does around it.
 *
 * @returns undefined for what this server did not sign
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
    const at = text.lastIndexOf('.');
    return at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [];
  } catch {
    return [];
  }
}

/** Of the cookies that better-auth sets, those that are ours: it also clears some that are never set here. */
export const keepOwnCookies = (setCookies: string[], names: CookieNames): string[] =>
  setCookies.filter((line) => line.startsWith(`${names.session}=`) || line.startsWith(`${names.challenge}=`));
