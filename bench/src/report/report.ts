import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BENCH, type Options } from '../options.ts';
import { printProgress } from '../progress.ts';
import { drawChart } from './chart.ts';
import { type Flooded, floodTargets } from './floods.ts';
import { renderMarkdown } from './markdown.ts';
import type { Results } from './results.ts';
import { targetsOf } from './targets.ts';

/** Only a complete run at scale 1 replaces the published results. The files of all others have a suffix. */
const suffixOf = ({ scale, only }: Options) =>
  `${scale === 1 ? '' : `-scale-${scale}`}${only.length > 0 ? '-partial' : ''}`;

const FLOODS = `${BENCH}results-flood.json`;

/** Writes `RESULTS.md`, `results.json` and `chart.svg`. */
export function writeReport(results: Results, options: Options): void {
  const suffix = suffixOf(options);
  writeJson(`${BENCH}results${suffix}.json`, results);
  writeFileSync(`${BENCH}chart${suffix}.svg`, drawChart(results));
  writeMarkdown(results, suffix);
}

/** Keeps the result of a load in `results-flood.json`, and writes it into `RESULTS.md`, whose other numbers stay. */
export function writeFlood(flooded: Flooded): void {
  const others = keptFloods().filter(({ load }) => load !== flooded.load);
  writeJson(FLOODS, [...others, flooded]);
  const published = readJson(`${BENCH}results.json`) as Results | undefined;
  if (published) writeMarkdown(published, '');
}

/** The published results also show those of other runs. */
function writeMarkdown(results: Results, suffix: string) {
  const isPublished = suffix === '';
  const tenfold = isPublished
    ? (readJson(`${BENCH}results-scale-10.json`) ?? readJson(`${BENCH}results-scale-10-partial.json`))
    : undefined;
  const floods = isPublished ? keptFloods() : [];
  const notes = existsSync(`${BENCH}NOTES.md`) ? readFileSync(`${BENCH}NOTES.md`, 'utf8') : '';
  const targets = [...targetsOf(results, tenfold as Results | undefined), ...floodTargets(floods)];
  writeFileSync(
    `${BENCH}RESULTS${suffix}.md`,
    renderMarkdown(results, targets, { chart: `chart${suffix}.svg`, notes, floods }),
  );
  printProgress(`wrote bench/RESULTS${suffix}.md`);
}

const keptFloods = () => (readJson(FLOODS) ?? []) as Flooded[];
const writeJson = (path: string, value: unknown) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const readJson = (path: string): unknown => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
