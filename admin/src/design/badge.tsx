import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const TONES = {
  plain: 'bg-wash text-soft',
  live: 'bg-live-wash text-live',
  due: 'bg-due-wash text-due',
  danger: 'bg-danger-wash text-danger',
  rubric: 'bg-rubric-wash text-rubric-deep',
} as const;

/** A state in a word. The colour repeats what the word says. */
export const Badge = ({ tone = 'plain', children }: { tone?: keyof typeof TONES; children: ReactNode }) => (
  <span
    className={classNames(
      'inline-flex items-center rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
      TONES[tone],
    )}
  >
    {children}
  </span>
);
