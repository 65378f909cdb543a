import { SERVERS, type ServerName } from '../servers.ts';
import type { MeasuredRow, Results } from './results.ts';

const WIDTH = 960;
const TOP = 64;
const LEFT = 226;
const RIGHT = 80;
const BAR = 12;
const GROUP = SERVERS.length * BAR + 14;

/** Draws grouped bars on a logarithmic scale. The colours follow the reader's colour scheme, light or dark. */
export function drawChart({ workloads, run }: Results): string {
  const all = workloads.flatMap((row) => SERVERS.map((server) => row[server].perSecond));
  const [low, high] = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))];
  const x = (value: number) => LEFT + ((Math.log10(value) - low) / Math.max(1, high - low)) * (WIDTH - LEFT - RIGHT);
  const height = TOP + workloads.length * GROUP + 26;
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const title = `Requests per second, ${run.articles.toLocaleString('en')} articles, ${run.connections} connections (logarithmic)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="12">
<style>${STYLE}</style>
<text class="title" x="16" y="24">${title}</text>
${legend()}
${ticks.map((tick) => gridLine(x(tick), tick, height)).join('\n')}
${workloads.map((row, index) => group(row, TOP + index * GROUP, x)).join('\n')}
</svg>
`;
}

const STYLE = `text{fill:#333}.title{font-size:15px;font-weight:600}.grid{stroke:#ddd}.value{font-size:10px}
.rubric{fill:#c2410c}.floor{fill:#64748b}.textbook{fill:#a5b4c8}
@media (prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}.rubric{fill:#fb923c}.floor{fill:#94a3b8}.textbook{fill:#475569}}`;

const LEGEND: Record<ServerName, string> = {
  rubric: 'Rubric',
  floor: 'floor: Fastify and pg by hand',
  textbook: 'textbook: NestJS and Drizzle',
};

const legend = () =>
  SERVERS.map((server, index) => {
    const at = LEFT + ([0, 90, 310][index] ?? 0);
    return `<rect class="${server}" x="${at}" y="37" width="12" height="12" rx="2"/><text x="${at + 18}" y="47">${LEGEND[server]}</text>`;
  }).join('\n');

const gridLine = (at: number, tick: number, height: number) =>
  `<line class="grid" x1="${at}" x2="${at}" y1="${TOP - 6}" y2="${height - 22}"/><text class="value" x="${at}" y="${height - 8}" text-anchor="middle">${tick.toLocaleString('en')}</text>`;

function group(row: MeasuredRow, y: number, x: (value: number) => number): string {
  const bars = SERVERS.map((server, index) => {
    const { perSecond } = row[server];
    const [top, end] = [y + index * BAR, x(perSecond)];
    const label = perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en');
    return `<rect class="${server}" x="${LEFT}" y="${top}" width="${Math.max(1, end - LEFT).toFixed(1)}" height="${BAR - 2}" rx="2"/><text class="value" x="${(end + 5).toFixed(1)}" y="${top + 9}">${label}</text>`;
  });
  const middle = y + (SERVERS.length * BAR) / 2 + 3;
  return `<text x="${LEFT - 10}" y="${middle}" text-anchor="end">${row.name} ${row.title}</text>\n${bars.join('\n')}`;
}
