import { isRetryable } from './errors.ts';

const ATTEMPTS = 10;

/**
 * Runs `work`, and runs it again after a deadlock, a serialization failure, or an error that `shouldRetry` accepts. The
 * short random delay keeps two transactions that collided from colliding again.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  shouldRetry: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !(isRetryable(error) || shouldRetry(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}
