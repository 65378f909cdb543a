import type { Account } from '@rubric/client';
import type { QueryClient } from '@tanstack/react-query';
import { accountQuery } from './account.ts';

/** Set in the query client while a session has ended on top of a screen: `<SignInAgain>` shows itself. */
export const SESSION_ENDED = ['session-ended'] as const;

/**
 * Holds requests back while the session has ended, and sends them again once the same person has signed in: nothing that
 * was typed or clicked is lost, and no screen has to know about it.
 */
export class SessionGate {
  private opening: Promise<void> | undefined;
  private open = () => {};

  constructor(private readonly queryClient: QueryClient) {}

  /** `fetch`, for the client. Only after somebody was signed in: before that, a 401 is the answer. */
  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (isSignIn(request)) return fetch(request);
    for (;;) {
      await this.opening;
      const response = await fetch(request.clone());
      if (response.status !== 401 || !(await isUnauthorized(response))) return response;
      if (!this.queryClient.getQueryData(accountQuery.queryKey)) return response;
      this.close();
    }
  };

  /** The person has signed in again. Somebody else gets a fresh page: what is held back was not theirs to send. */
  signedIn(account: Account) {
    const before = this.queryClient.getQueryData(accountQuery.queryKey);
    if (before && before.id !== account.id) return location.reload();
    this.queryClient.setQueryData(accountQuery.queryKey, account);
    this.queryClient.setQueryData(SESSION_ENDED, false);
    this.opening = undefined;
    this.open();
    void this.queryClient.invalidateQueries();
  }

  private close() {
    if (this.opening) return;
    this.opening = new Promise((resolve) => {
      this.open = resolve;
    });
    this.queryClient.setQueryData(SESSION_ENDED, true);
  }
}

const isSignIn = ({ method, url }: Request) =>
  method === 'POST' && /\/sessions(\/second-factor)?$/.test(new URL(url).pathname);

/** A wrong password, where one is asked for again, is a 401 too. */
async function isUnauthorized(response: Response): Promise<boolean> {
  const { code } = (await response.clone().json()) as { code?: string };
  return code === 'unauthorized';
}
