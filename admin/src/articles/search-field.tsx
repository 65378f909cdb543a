import { useEffect, useRef, useState } from 'react';
import { classNames } from '../design/class-names.ts';
import { controlClass } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { texts } from '../texts/texts.ts';

/** Between two keys of somebody who types on. */
const PAUSE_MS = 180;
export const SEARCH_ID = 'articles-search';

/** Searches while somebody types. What is typed stays as it is typed, until the field is left. */
export function SearchField({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function type(words: string) {
    setTyped(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(words.trim()), words === '' ? 0 : PAUSE_MS);
  }

  return (
    <search className="relative grow basis-2/3 sm:grow-0 sm:basis-80">
      <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-soft" />
      <input
        id={SEARCH_ID}
        type="search"
        aria-label={texts.articles.search}
        placeholder={texts.articles.search}
        autoComplete="off"
        value={typed ?? q}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          const first = document.querySelector<HTMLElement>('[data-row] a[tabindex="0"]');
          if (event.key !== 'ArrowDown' || !first) return;
          event.preventDefault();
          first.focus();
        }}
        onBlur={() => setTyped(undefined)}
        className={classNames(controlClass, 'h-9 pr-2.5 pl-9 text-base')}
      />
    </search>
  );
}
