import { classNames } from './class-names.ts';

/** Drawn for this site on a grid of 20, with lines of 1.5. */
const PATHS = {
  add: 'M10 4v12M4 10h12',
  article: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 9.5h5M7.5 13h5',
  audit: 'M4 4.5h8M4 8.5h5M4 12.5h4M13.5 9v3l2 1.5M13.5 17a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z',
  author: 'M4 16.5 5 13l8.5-8.5a1.8 1.8 0 0 1 2.5 2.5L7.5 15.5zM12 6l2.5 2.5',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  category: 'M3 5.5h5l1.5 2H17v8H3z',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  close: 'm5 5 10 10M15 5 5 15',
  command:
    'M7.5 7.5h5v5h-5zM7.5 7.5H6a2 2 0 1 1 1.5-1.5zM12.5 7.5V6a2 2 0 1 1 1.5 1.5zM12.5 12.5h1.5a2 2 0 1 1-1.5 1.5zM7.5 12.5V14a2 2 0 1 1-1.5-1.5z',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  down: 'm5 7.5 5 5 5-5',
  drag: 'M7.5 5h.01M12.5 5h.01M7.5 10h.01M12.5 10h.01M7.5 15h.01M12.5 15h.01',
  external: 'M11 4h5v5M16 4l-7 7M8 5H4v11h11v-4',
  eye: 'M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  history: 'M4 10a6 6 0 1 0 2-4.5L4 7.3M4 4v3.3h3.3M10 7v3.3l2.3 1.5',
  image: 'M3.5 4.5h13v11h-13zM3.5 13l3.5-3.5 3.5 3.5 2-2 4 4M13 8.2h.01',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9v4.5M10 6.5h.01',
  key: 'M7 15a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM9.5 9 16 2.5M13.5 5l2.5 2.5',
  laptop: 'M4.5 4.5h11v8h-11zM2.5 15.5h15',
  link: 'm8.5 11.5 3-3M9 6l1.5-1.5a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.5 1.5a3.5 3.5 0 0 1-5-5L6 9',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  mail: 'M3 5h14v10.5H3zM3 5.5l7 5.5 7-5.5',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z',
  more: 'M5 9.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4zM10 9.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4zM15 9.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4z',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c0-3 2-4.5 5-4.5s5 1.5 5 4.5M13 4a3 3 0 0 1 0 5.3M14.5 12.3c2 .6 3 2 3 4.2',
  person: 'M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17c0-3.5 2.5-5 6.5-5s6.5 1.5 6.5 5',
  pin: 'M7 3.5h6l-.7 5 2.2 2.5h-9l2.2-2.5zM10 11v5.5',
  redirect: 'M4 15V9.5A3.5 3.5 0 0 1 7.5 6H16M12.5 2.5 16 6l-3.5 3.5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  sun: 'M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M4.7 15.3l1-1M14.3 5.7l1-1',
  trash: 'M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l1 11.5h8l1-11.5M8.5 9v5M11.5 9v5',
  up: 'm5 12.5 5-5 5 5',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.3h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside a text that says the same, so it is hidden from screen readers. A button of an icon alone has a label. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      // Of two classes for one measure the style sheet decides, not their order here.
      className={classNames(
        'shrink-0 fill-none stroke-current',
        !className?.includes('size-') && 'size-5',
        !className?.includes('stroke-') && 'stroke-[1.5]',
        className,
      )}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
