import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';

/** The injection token of the authenticator, for responses that outlive the check before the request. */
export const AUTHENTICATOR = Symbol('authenticator');

export interface Authenticator {
  /**
   * Looks up the caller of a request again, with its current rights. A session does not count as used.
   *
   * @throws Problem `unauthorized` if its token is no longer valid; if its session is not, the caller is anonymous
   */
  reauthenticate(request: FastifyRequest): Promise<Principal>;
}
