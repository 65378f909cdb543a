import { isRetryable } from './errors.ts';

const ATTEMPTS = 10;

/**
 * Runs `work`, again when PostgreSQL chose it as the victim of a deadlock or when `again` says so, with a short random
 * pause in between, so that two that met do not meet again.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  again: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !(isRetryable(error) || again(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}
