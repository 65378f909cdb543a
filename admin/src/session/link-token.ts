import { useState } from 'react';

/**
 * The token of an emailed link, from its fragment, which browsers never send to a server. It is removed from the address
 * bar at once, so that it does not stay visible or in the history.
 */
export function useLinkToken(): string | null {
  const [token] = useState(() => {
    const value = new URLSearchParams(location.hash.slice(1)).get('token');
    history.replaceState(history.state, '', location.pathname);
    return value;
  });
  return token;
}
