import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The folder of this package, with a trailing slash. */
export const BENCH = fileURLToPath(new URL('../', import.meta.url));

export interface Options {
  /** 1 is a million articles. */
  scale: number;
  /** The duration of one round of one server on one workload. */
  seconds: number;
  rounds: number;
  connections: number;
  /** Names of workloads. Empty: all. */
  only: string[];
  /** The folder of the database, which is kept between runs. */
  keep: string;
}

/** @throws Error for an invalid option */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string', default: '' },
      keep: { type: 'string' },
    },
  });
  const number = (name: 'scale' | 'seconds' | 'rounds' | 'connections') => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} must be a number above 0.`);
    return value;
  };
  const scale = number('scale');
  return {
    scale,
    seconds: number('seconds'),
    rounds: number('rounds'),
    connections: number('connections'),
    only: values.only.split(',').filter(Boolean),
    keep: values.keep ?? `${BENCH}.data/scale-${scale}`,
  };
}
