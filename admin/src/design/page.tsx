import { type ReactNode, useEffect } from 'react';
import { texts } from '../texts/texts.ts';
import { classNames } from './class-names.ts';

const WIDTHS = { text: 'max-w-3xl', list: 'max-w-6xl', full: 'max-w-none' } as const;

interface PageProps {
  /** The heading, and the title of the window. */
  title: string;
  /** The heading, where it is more than the title. */
  heading?: ReactNode;
  lead?: ReactNode;
  /** The buttons beside the heading, the primary one last. */
  actions?: ReactNode;
  width?: keyof typeof WIDTHS;
  children: ReactNode;
}

/** The frame of a screen. */
export function Page({ title, heading, lead, actions, width = 'list', children }: PageProps) {
  useTitle(title);
  return (
    <div className={classNames('mx-auto w-full px-4 pt-6 pb-16 sm:px-8 sm:pt-8', WIDTHS[width])}>
      <header className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-1">
        <h1 className="min-w-0 flex-1 font-serif text-xl text-balance wrap-break-word">{heading ?? title}</h1>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        {lead !== undefined && (
          <div className="basis-full">
            <p className="max-w-prose text-soft">{lead}</p>
          </div>
        )}
      </header>
      {children}
    </div>
  );
}

/** Names the window. Screen readers announce it after going to another screen. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = texts.shell.windowTitle(title);
  }, [title]);
}

/** A part of a screen under a heading of its own. */
export function Section({ title, lead, actions, children }: Omit<PageProps, 'width' | 'heading'>) {
  return (
    <section className="mt-10 first:mt-0">
      <div className="mb-3 flex flex-wrap items-end gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2 className="font-serif text-lg">{title}</h2>
          {lead !== undefined && <p className="max-w-prose text-sm text-soft">{lead}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
