interface Row {
  key: string;
  slug: string;
}

/** One round more than needed is a race lost; this many are a mistake, such as a sequence that lags behind its table. */
const MAX_ROUNDS = 50;

/**
 * Inserts rows, and those that were refused again under another slug or name. PostgreSQL decides what is taken, so that
 * nobody who writes meanwhile can make an import fail.
 *
 * @param insert tells what became of each row; a refused one keeps the id that it would have had
 * @param another what to try instead of a row that was refused
 * @returns the id of each row, and the rows as they were inserted
 */
export async function insertAll<R extends Row>(
  rows: readonly R[],
  insert: (rows: readonly R[]) => PromiseLike<{ rows: { key: string; id: number; inserted: boolean }[] }>,
  another: (row: R) => Promise<R>,
): Promise<{ row: R; id: number }[]> {
  const inserted: { row: R; id: number }[] = [];
  let rest = [...rows];
  for (let round = 1; rest.length > 0; round += 1) {
    if (round > MAX_ROUNDS) throw new Error(`PostgreSQL refuses the ${rest[0]?.key}, whatever its slug.`);
    const answer = await insert(rest);
    const outcomes = new Map(answer.rows.map((outcome) => [outcome.key, outcome]));
    const refused: R[] = [];
    for (const row of rest) {
      const outcome = outcomes.get(row.key);
      if (outcome?.inserted) inserted.push({ row, id: outcome.id });
      else refused.push({ ...(await another(row)), tryId: outcome?.id });
    }
    rest = refused;
  }
  return inserted;
}
