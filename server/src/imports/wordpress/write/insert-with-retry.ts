interface Row {
  key: string;
  slug: string;
}

/** A race costs one more attempt. This many indicate a bug, such as a sequence that is behind its table. */
const MAX_ATTEMPTS = 50;

/**
 * Inserts rows, and retries rows that conflict with another slug or name. PostgreSQL decides which rows conflict, so
 * concurrent writers cannot make an import fail.
 *
 * @param insert returns the result of each row; a row that was not inserted keeps its id for the next attempt
 * @param rename returns the row to insert instead of one that conflicted
 * @returns the rows as inserted, with their ids
 */
export async function insertWithRetry<R extends Row>(
  rows: readonly R[],
  insert: (rows: readonly R[]) => PromiseLike<{ rows: { key: string; id: number; inserted: boolean }[] }>,
  rename: (row: R) => Promise<R>,
): Promise<{ row: R; id: number }[]> {
  const inserted: { row: R; id: number }[] = [];
  let remaining = [...rows];
  for (let attempt = 1; remaining.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS)
      throw new Error(`PostgreSQL rejected ${remaining[0]?.key} ${MAX_ATTEMPTS} times, each time with another slug.`);
    const { rows: results } = await insert(remaining);
    const resultsByKey = new Map(results.map((result) => [result.key, result]));
    const renamed: R[] = [];
    for (const row of remaining) {
      const result = resultsByKey.get(row.key);
      if (result?.inserted) inserted.push({ row, id: result.id });
      else renamed.push({ ...(await rename(row)), reservedId: result?.id });
    }
    remaining = renamed;
  }
  return inserted;
}
