interface Row {
  key: string;
  slug: string;
}

/**
 * Inserts rows, and those that were refused again under another slug or name. PostgreSQL decides what is taken, so that
 * nobody who writes meanwhile can make an import fail.
 *
 * @param insert gives those that were inserted
 * @param another what to try instead of a row that was refused
 * @returns the id of each row, and the rows as they were inserted
 */
export async function insertAll<R extends Row>(
  rows: readonly R[],
  insert: (rows: readonly R[]) => PromiseLike<{ rows: { key: string; id: number }[] }>,
  another: (row: R) => Promise<R>,
): Promise<{ row: R; id: number }[]> {
  const inserted: { row: R; id: number }[] = [];
  for (let rest = [...rows]; rest.length > 0; ) {
    const answer = await insert(rest);
    const ids = new Map(answer.rows.map(({ key, id }) => [key, id]));
    const refused: R[] = [];
    for (const row of rest) {
      const id = ids.get(row.key);
      if (id === undefined) refused.push(await another(row));
      else inserted.push({ row, id });
    }
    rest = refused;
  }
  return inserted;
}
