import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/**
 * The pieces of a table. A short list is these around its rows; the articles put virtual rows between them. On a narrow
 * screen a table scrolls inside itself, never the page.
 */
export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    // Reachable by Tab, so that the keyboard can scroll what does not fit.
    <section
      aria-label={label}
      tabIndex={0}
      className={classNames('relative overflow-x-auto rounded-lg border border-line bg-paper', className)}
    >
      <table className="w-full border-collapse text-left text-sm">{children}</table>
    </section>
  );
}

export const TableHead = ({ children }: { children: ReactNode }) => (
  <thead className="border-b border-line text-xs text-soft">
    <tr>{children}</tr>
  </thead>
);

export const HeadCell = ({ className, ...props }: ComponentProps<'th'>) => (
  <th scope="col" {...props} className={classNames('px-4 py-2 font-medium whitespace-nowrap', className)} />
);

export const Row = ({ className, ...props }: ComponentProps<'tr'>) => (
  <tr {...props} className={classNames('border-b border-line last:border-0 hover:bg-wash/60', className)} />
);

export const Cell = ({ className, ...props }: ComponentProps<'td'>) => (
  <td {...props} className={classNames('px-4 py-2.5 align-middle', className)} />
);

/** The cell that names the row. */
export const NameCell = ({ className, ...props }: ComponentProps<'th'>) => (
  <th scope="row" {...props} className={classNames('px-4 py-2.5 align-middle font-medium', className)} />
);

/** The last cell, with what can be done with the row. It stays in sight when a narrow screen scrolls the table. */
export const ActionCell = ({ className, ...props }: ComponentProps<'td'>) => (
  <td {...props} className={classNames('sticky right-0 w-0 bg-paper px-2 py-1 text-right align-middle', className)} />
);

/** Leaves a column out where there is no room for it. */
export const WIDE_ONLY = 'max-md:hidden';
