import type { Problem } from '@rubric/client';

interface FieldError {
  pointer: string;
  detail: string;
}

/**
 * Splits a problem into what belongs to the fields of a form, by the first part of the pointer, and the rest.
 *
 * @param names of the fields that the form shows
 */
export function problemOfForm(
  problem: Problem,
  names: readonly string[],
): { form: string | undefined; fields: Record<string, string> } {
  const errors: readonly FieldError[] = 'errors' in problem && problem.errors ? problem.errors : [];
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, detail } of errors) {
    const name = pointer.split('/')[1] ?? '';
    if (names.includes(name)) fields[name] ??= besideField(detail);
    else others.push(detail);
  }
  const form = errors.length === 0 ? problem.detail : others.join(' ') || undefined;
  return { form, fields };
}

/** The API calls the field what requests call it, such as `categoryIds`. On the screen its label is beside the sentence. */
const besideField = (detail: string) =>
  detail.replace(/^The field \S+ (\w)/, (_, first: string) => first.toUpperCase());
