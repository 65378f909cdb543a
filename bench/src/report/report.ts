import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BENCH, type Options } from '../options.ts';
import { say } from '../say.ts';
import { drawChart } from './chart.ts';
import { renderMarkdown } from './markdown.ts';
import type { Results } from './results.ts';
import { targetsOf } from './targets.ts';

/** Only a complete run at scale 1 replaces the published results. The files of all others have a suffix. */
const suffixOf = ({ scale, only }: Options) =>
  `${scale === 1 ? '' : `-scale-${scale}`}${only.length > 0 ? '-partial' : ''}`;

/** Writes `RESULTS.md`, `results.json` and `chart.svg`. */
export function writeReport(results: Results, options: Options): void {
  const suffix = suffixOf(options);
  const tenfold =
    suffix === ''
      ? (readJson(`${BENCH}results-scale-10.json`) ?? readJson(`${BENCH}results-scale-10-partial.json`))
      : undefined;
  const notes = existsSync(`${BENCH}NOTES.md`) ? readFileSync(`${BENCH}NOTES.md`, 'utf8') : '';
  writeFileSync(`${BENCH}results${suffix}.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${BENCH}chart${suffix}.svg`, drawChart(results));
  writeFileSync(
    `${BENCH}RESULTS${suffix}.md`,
    renderMarkdown(results, targetsOf(results, tenfold), { chart: `chart${suffix}.svg`, notes }),
  );
  say(`wrote bench/RESULTS${suffix}.md`);
}

function readJson(path: string): Results | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : undefined;
}
