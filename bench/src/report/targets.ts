import type { MeasuredRow, Results } from './results.ts';

/** A target and the result of this run. */
export interface Target {
  what: string;
  wanted: string;
  measured: string;
  met: boolean;
  /** For a missed target: where the difference was measured. */
  because?: string;
}

const DEEP_OF_FIRST = 1.2;
const FILTERED_OF_FIRST = 4;
const TREE_OF_LIVE = 100;
const CREATE_OF_TEXTBOOK = 1.5;
const TAIL = 5;
const MEMORY_MB = 250;
const TENFOLD = 1 / 3;

/** Returns the targets that the workloads of this run can test. */
export function targetsOf({ workloads, memory }: Results, tenfold: Results | undefined): Target[] {
  const of = (name: string) => workloads.find((row) => row.name === name);
  const first = of('W2');
  return [
    ...workloads.flatMap(shareOfFloor),
    ...['W3', 'W4', 'W5', 'W6', 'W7'].flatMap((name) => {
      const row = of(name);
      if (!row || !first) return [];
      const most = name === 'W3' ? DEEP_OF_FIRST : FILTERED_OF_FIRST;
      const ratio = row.rubric.p50 / first.rubric.p50;
      return [target(`${name} p50 of W2's`, `at most ${most}`, ratio.toFixed(2), ratio <= most)];
    }),
    ...counting(of('W10')),
    ...creating(of('W8')),
    ...workloads.map(({ name, rubric }) => {
      const ratio = rubric.p99 / rubric.p50;
      return target(`${name} p99 of p50`, `at most ${TAIL}`, ratio.toFixed(1), ratio <= TAIL);
    }),
    target('resident memory', `under ${MEMORY_MB} MB`, `${memory.rubric.toFixed(0)} MB`, memory.rubric < MEMORY_MB),
    ...(tenfold ? tenfoldTargets(workloads, tenfold) : []),
  ];
}

export const target = (what: string, wanted: string, measured: string, met: boolean, because?: string): Target => ({
  what,
  wanted,
  measured,
  met,
  ...(because !== undefined && { because }),
});

function shareOfFloor({ name, ofFloor, rubric, floor }: MeasuredRow): Target[] {
  if (ofFloor === undefined) return [];
  const share = rubric.perSecond / floor.perSecond;
  const more = (mine: number, its: number) => `${(mine - its).toFixed(0)} µs (${its.toFixed(0)} to ${mine.toFixed(0)})`;
  const because = `A request costs Rubric ${more(rubric.serverCpu, floor.serverCpu)} more CPU in Node and ${more(rubric.databaseCpu, floor.databaseCpu)} more in PostgreSQL.`;
  return [
    target(`${name} requests/s of the floor's`, `at least ${ofFloor}`, share.toFixed(2), share >= ofFloor, because),
  ];
}

/** Compares throughput, not latency: with counts computed live, requests queue. */
function counting(tree: MeasuredRow | undefined): Target[] {
  if (!tree) return [];
  const ratio = tree.rubric.perSecond / tree.textbook.perSecond;
  return [
    target('W10 requests/s of counting live', `at least ${TREE_OF_LIVE}`, ratio.toFixed(0), ratio >= TREE_OF_LIVE),
  ];
}

/** Without counts, words and log, the textbook does less for each article. */
function creating(create: MeasuredRow | undefined): Target[] {
  if (!create) return [];
  const ratio = create.rubric.perSecond / create.textbook.perSecond;
  const wanted = `at least ${CREATE_OF_TEXTBOOK}`;
  return [target("W8 requests/s of the textbook's", wanted, ratio.toFixed(1), ratio >= CREATE_OF_TEXTBOOK)];
}

function tenfoldTargets(workloads: MeasuredRow[], tenfold: Results): Target[] {
  return workloads.slice(0, 5).flatMap(({ name, rubric }) => {
    const large = tenfold.workloads.find((row) => row.name === name);
    if (!large) return [];
    const change = large.rubric.perSecond / rubric.perSecond - 1;
    return [
      target(
        `${name} with ten times the data`,
        'less than a third off',
        `${(change * 100).toFixed(0)}%`,
        Math.abs(change) < TENFOLD,
      ),
    ];
  });
}
