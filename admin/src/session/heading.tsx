import type { ReactNode } from 'react';
import { useTitle } from '../design/page.tsx';

/** The heading of a screen before the sign-in. */
export function Heading({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <header className="mb-5">
      <h1 className="font-serif text-xl">{title}</h1>
      {children !== undefined && <p className="mt-1 text-soft">{children}</p>}
    </header>
  );
}
