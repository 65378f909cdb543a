import { useEffect, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { classNames } from './class-names.ts';

/** What answers sooner than this shows no skeleton: a flash of grey is worse than nothing. */
const DELAY_MS = 200;

/** Lines where a text will be. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return <div className={className} />;
  return (
    <div role="status" aria-label={texts.design.loading} className={classNames('flex flex-col gap-3', className)}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classNames('h-4 animate-pulse rounded-sm bg-shade', WIDTHS[line % WIDTHS.length])} />
      ))}
    </div>
  );
}

const WIDTHS = ['w-4/5', 'w-full', 'w-3/5', 'w-11/12'];
