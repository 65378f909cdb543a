import type { ReactNode } from 'react';

/** What to see where nothing is yet: one sentence, and what to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-lg border border-dashed border-line px-6 py-10 text-center">
      <h2 className="font-serif text-lg text-balance">{title}</h2>
      {children !== undefined && <p className="max-w-prose text-soft">{children}</p>}
      {action !== undefined && <div className="mt-4">{action}</div>}
    </div>
  );
}
