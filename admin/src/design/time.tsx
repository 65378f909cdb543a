import { useSyncExternalStore } from 'react';
import { texts } from '../texts/texts.ts';

const { language } = texts;
const WITH_YEAR = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const WITHIN_YEAR = new Intl.DateTimeFormat(language, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const FULL = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });
const CLOCK = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

const MINUTE_MS = 60_000;

/** A time in the zone of the person. In full, with the zone, in its title. */
export function Time({ at, relative = true }: { at: string; relative?: boolean }) {
  const now = useNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={FULL.format(date)} className="whitespace-nowrap">
      {relative ? formatRelative(date, now) : formatTime(date, now)}
    </time>
  );
}

/** "12 Jan, 09:30", with the year where it is another one. */
export const formatTime = (date: Date, now = new Date()): string =>
  (date.getFullYear() === now.getFullYear() ? WITHIN_YEAR : WITH_YEAR).format(date);

/** "10:42" today, and with the day before that. */
export const formatMoment = (date: Date, now = new Date()): string =>
  date.toDateString() === now.toDateString() ? CLOCK.format(date) : formatTime(date, now);

/** Within a day "5 minutes ago" or "in 2 hours", else the date and time. */
export function formatRelative(date: Date, now: Date): string {
  const minutes = Math.round((date.getTime() - now.getTime()) / MINUTE_MS);
  if (Math.abs(minutes) < 60) return minutes === 0 ? texts.design.justNow : RELATIVE.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 22 ? RELATIVE.format(hours, 'hour') : formatTime(date, now);
}

let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, renewed every minute by one timer for the whole site. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    now = new Date();
    timer = setInterval(tick, MINUTE_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick() {
  now = new Date();
  for (const listener of listeners) listener();
}
