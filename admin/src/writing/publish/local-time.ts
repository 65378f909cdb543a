const two = (value: number) => String(value).padStart(2, '0');

/** A time as `<input type="datetime-local">` has it, in the zone of the person. */
export const inputOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** The instant that it means; `null` for an input that is empty, or only half filled in. */
export function timeOf(input: string): string | null {
  const date = new Date(input);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
