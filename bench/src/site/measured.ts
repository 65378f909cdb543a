/** One row of the report. */
export interface Measured {
  what: string;
  unit: 'ms' | 'kB';
  limit: number;
  value: number;
  /** A note for the report. */
  note?: string;
}

export const ROUNDS = 5;

export async function medianOfRounds(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) values.push(await measure());
  return quantile(values, 0.5);
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
