import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { SEARCH_ID } from './search-field.tsx';
import { usePlace } from './use-place.ts';

/** Heights in rem, so that rows grow with the text. A container below `NARROW` has two lines for each row. */
const HEIGHTS = {
  plain: { wide: 2.75, narrow: 4 },
  snippets: { wide: 4.25, narrow: 5.5 },
} as const;
/** What `@3xl` is in the classes of a row. */
const NARROW = 48;
const OVERSCAN = 8;

/**
 * Virtual rows in a page that scrolls as a whole, with the keyboard: arrows, Home and End go from row to row, and the row
 * that has the focus stays in the DOM wherever the page is scrolled to.
 */
export function useVirtualRows(count: number, kind: keyof typeof HEIGHTS) {
  const container = useRef<HTMLDivElement>(null);
  const { top, isNarrow, rem } = useMeasures(container);
  const [current, setCurrent] = usePlace(count);
  const size = HEIGHTS[kind][isNarrow ? 'narrow' : 'wide'] * rem;
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => size,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 96,
    rangeExtractor: useCallback(
      (range: Range) => withRow(defaultRangeExtractor(range), current, range.count),
      [current],
    ),
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);

  const wanted = useRef<number>(undefined);
  function goTo(index: number) {
    const next = Math.max(0, Math.min(count - 1, index));
    wanted.current = next;
    setCurrent(next);
    virtualizer.scrollToIndex(next);
  }
  useEffect(() => {
    if (wanted.current === undefined) return;
    const link = linkOf(container.current, wanted.current);
    link?.focus({ preventScroll: true });
    if (link) wanted.current = undefined;
  });

  useLostFocus(container, current);
  useKeys(container, { current, setCurrent, goTo, count });
  return {
    container,
    current,
    height: virtualizer.getTotalSize(),
    items: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, offset: start - top, size })),
  };
}

/**
 * Brings the focus to the current row when it would be nowhere: after going to this screen, and after the row that had it
 * has left the list.
 */
function useLostFocus(container: RefObject<HTMLElement | null>, current: number) {
  const hadFocus = useRef(true);
  useEffect(() => {
    // The shell puts it on the screen as a whole, after the effects of the screen.
    const timer = setTimeout(() => {
      const { activeElement, body } = document;
      const isNowhere = activeElement === body || activeElement?.tagName === 'MAIN';
      if (isNowhere && hadFocus.current) focusQuietly(linkOf(container.current, current));
      // The menu of a row, and its question, lie outside the list and give the focus back to it.
      else if (!isNowhere && !activeElement?.closest('[role="menu"], [role="alertdialog"]'))
        hadFocus.current = container.current?.contains(activeElement) ?? false;
    });
    return () => clearTimeout(timer);
  });
}

/**
 * While nobody has touched the page, the ring waits for the first key: Chromium would show it, and does not know
 * `focusVisible`. After that the browser knows who needs one.
 */
function focusQuietly(link: HTMLElement | null | undefined) {
  const { documentElement: root } = document;
  if (link && !navigator.userActivation.hasBeenActive && !root.dataset['untouched']) {
    root.dataset['untouched'] = 'true';
    addEventListener('keydown', () => delete root.dataset['untouched'], { once: true, capture: true });
  }
  link?.focus({ preventScroll: true });
}

const linkOf = (container: HTMLElement | null, row: number) =>
  container?.querySelector<HTMLElement>(`[data-row="${row}"] a`);

const withRow = (rows: number[], row: number, count: number) =>
  row >= count || rows.includes(row) ? rows : [...rows, row].sort((a, b) => a - b);

interface Place {
  current: number;
  setCurrent: (index: number) => void;
  goTo: (index: number) => void;
  count: number;
}

function useKeys(container: RefObject<HTMLElement | null>, { current, setCurrent, goTo, count }: Place) {
  const navigate = useNavigate();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    const row = target.closest<HTMLElement>('[data-row]');
    const index = row ? Number(row.dataset['row']) : current;
    const action = {
      ArrowDown: () => goTo(index + 1),
      ArrowUp: () => goTo(index - 1),
      Home: () => goTo(0),
      End: () => goTo(count - 1),
      // Letters alone act only while the list has the focus, so that dictation elsewhere cannot trigger them.
      '/': () => document.getElementById(SEARCH_ID)?.focus(),
      c: () => void navigate({ to: '/articles/$articleId', params: { articleId: 'new' } }),
    }[key];
    if (!action || !row) return;
    event.preventDefault();
    action();
  });
  const onFocusIn = useEffectEvent(({ target }: FocusEvent) => {
    const row = (target as Element).closest<HTMLElement>('[data-row]');
    if (row && Number(row.dataset['row']) !== current) setCurrent(Number(row.dataset['row']));
  });
  useEffect(() => {
    const element = container.current;
    element?.addEventListener('keydown', onKeyDown);
    element?.addEventListener('focusin', onFocusIn);
    return () => {
      element?.removeEventListener('keydown', onKeyDown);
      element?.removeEventListener('focusin', onFocusIn);
    };
  }, [container]);
}

/** Where the rows begin in the page, whether they are narrow, and the size of the text. */
function useMeasures(container: RefObject<HTMLDivElement | null>) {
  const [measures, setMeasures] = useState({ top: 0, isNarrow: false, rem: 16 });
  useLayoutEffect(() => {
    const measure = () => {
      const body = container.current?.querySelector('[role="rowgroup"]:last-child') ?? container.current;
      if (!container.current || !body) return;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const top = Math.round(body.getBoundingClientRect().top + window.scrollY);
      const isNarrow = container.current.offsetWidth < NARROW * rem;
      setMeasures((present) =>
        present.top === top && present.isNarrow === isNarrow && present.rem === rem ? present : { top, isNarrow, rem },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    if (container.current) observer.observe(container.current);
    return () => observer.disconnect();
  }, [container]);
  return measures;
}
