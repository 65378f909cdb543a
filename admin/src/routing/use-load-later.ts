import { useEffect } from 'react';

/** By then the first screen is there; what somebody may need next comes without its delay. */
const DELAY_MS = 3_000;

/** Loads a part of the site that the first screen does not show, after it. */
export function useLoadLater(load: () => Promise<unknown>) {
  useEffect(() => {
    // Without a connection it is loaded when it is needed.
    const timer = setTimeout(() => void load().catch(() => undefined), DELAY_MS);
    return () => clearTimeout(timer);
  }, [load]);
}
