/** Truncates text to `max` characters (code points, as PostgreSQL counts them), the last of them an ellipsis. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = Array.from(text.slice(0, 2 * max + 2));
  return characters.length <= max && text.length <= 2 * max + 2 ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** Truncates text for a line of the import report. */
export function abbreviate(text: string): string {
  return truncate(text, 60);
}
