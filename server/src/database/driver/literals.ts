import pg from 'pg';

/** Writes the values of a statement into its text, in place of `$1`, `$2` … */
export const withLiterals = (text: string, values: readonly unknown[]): string =>
  text.replace(/\$(\d+)/g, (_, position) => literal(values[Number(position) - 1]));

/** @throws TypeError for a value that is neither null nor a string, number, boolean or array of them */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (!Array.isArray(value)) return pg.escapeLiteral(scalar(value));
  return pg.escapeLiteral(`{${value.map((item) => `"${scalar(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`A value of the type ${typeof value} cannot be written into a statement.`);
}
