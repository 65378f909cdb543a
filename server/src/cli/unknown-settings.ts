/**
 * Describes environment variables that look like settings but are not: those with a name close to a setting that is not
 * set, and those that begin with RUBRIC_. Rubric ignores them, so a misspelt setting would otherwise have no effect and no
 * message.
 */
export function describeUnknownSettings(
  environment: Record<string, string | undefined>,
  known: readonly string[],
): string[] {
  const isSet = (name: string) => Boolean(environment[name]);
  const unset = known.filter((name) => !isSet(name));
  return Object.keys(environment)
    .filter((name) => isSet(name) && !known.includes(name))
    .flatMap((name) => {
      const isOurs = name.startsWith('RUBRIC_');
      const meant =
        unset.find((setting) => isSimilar(name, setting)) ?? known.find((each) => name === `RUBRIC_${each}`);
      if (!isOurs && meant === undefined) return [];
      const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
      return [`The environment variable ${name} is not a setting of Rubric and has no effect.${hint}`];
    });
}

/** In short names two typing errors make another word: HOME is not HOST. */
const LONG_NAME = 8;

function isSimilar(name: string, setting: string): boolean {
  const max = setting.length < LONG_NAME ? 1 : 2;
  return Math.abs(name.length - setting.length) <= max && editDistance(name, setting) <= max;
}

/** Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped));
    }
  }
  return at(a.length, b.length);
}
