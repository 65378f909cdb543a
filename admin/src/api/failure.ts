import { ConnectionError, isProblem } from '@rubric/client';
import { texts } from '../texts/texts.ts';

/** Says what went wrong with a call, in a sentence for the person. */
export function failureText(error: unknown): string {
  if (isProblem(error)) return error.message;
  return error instanceof ConnectionError ? texts.forms.offline : texts.forms.unexpected;
}
