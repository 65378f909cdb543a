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
    if (names.includes(name)) fields[name] ??= detail;
    else others.push(detail);
  }
  const form = errors.length === 0 ? problem.detail : others.join(' ') || undefined;
  return { form, fields };
}
