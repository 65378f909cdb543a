import type { Statuses } from '../flood/flood.ts';
import type { Readings } from '../flood/reader.ts';
import type { LoadName } from '../loads/shapes.ts';
import { table } from './table.ts';
import { type Target, target } from './targets.ts';

/** The result of W13 on a load, an entry of `results-flood.json`. */
export interface Flooded {
  load: LoadName;
  date: string;
  /** The connections of the flood, and its duration. */
  connections: number;
  seconds: number;
  /** The client alone, and beside the flood. */
  quiet: Readings;
  beside: Readings;
  flood: { statuses: Statuses; perSecond: number };
}

const P99_MS = 250;

export const floodTargets = (floods: readonly Flooded[]): Target[] =>
  floods.flatMap(({ load, beside }) => [
    target(
      `W13 p99 beside a flood (${load})`,
      `at most ${P99_MS} ms`,
      `${beside.p99.toFixed(0)} ms`,
      beside.p99 <= P99_MS,
    ),
    target(`W13 refused beside a flood (${load})`, 'nothing', String(beside.refused), beside.refused === 0),
  ]);

/** A section of `RESULTS.md`. */
export function renderFloods(floods: readonly Flooded[]): string[] {
  if (floods.length === 0) return [];
  const rows = floods.map(({ load, date, connections, quiet, beside, flood }) => [
    `${load}, ${connections} connections, ${date}`,
    quiet.p50.toFixed(2),
    quiet.p99.toFixed(2),
    beside.p50.toFixed(2),
    beside.p99.toFixed(2),
    `${(beside.p99 / quiet.p99).toFixed(1)}×`,
    String(beside.refused),
    Object.entries(flood.statuses)
      .map(([status, count]) => `${count} × ${status}`)
      .join(', '),
  ]);
  return [
    '## W13: a flood of expensive lists',
    'Anonymous clients loop over the twenty most expensive requests (`bench/src/loads/expensive-requests.ts`). ComparisonDatabase them one client reads articles, pages of categories and `/health/ready`. Milliseconds of that client, without the flood and during it. Written by `npm run flood -w bench`.',
    table(['load', 'quiet p50', 'quiet p99', 'p50', 'p99', 'of quiet', 'refused', 'responses to the flood'], rows),
  ];
}
