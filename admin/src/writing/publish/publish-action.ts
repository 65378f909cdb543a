import { timeOf } from './local-time.ts';

/** What a person can choose: at once, at a time that they name, or not at all. */
export type When = 'now' | 'later' | 'never';

/** What the button of the dialog does. `noTime`: nothing, until a time is entered. */
export type PublishAction =
  | 'publish'
  | 'publishChange'
  | 'takeBack'
  | 'schedule'
  | 'publishDated'
  | 'hideUntil'
  | 'redate'
  | 'noTime';

interface Choice {
  isLive: boolean;
  isChange: boolean;
  when: When;
  /** As the input has it. */
  time: string;
  now: Date;
}

/** The button says what will happen: a time in the past schedules nothing, and one to come hides a live article until then. */
export function publishActionOf({ isLive, isChange, when, time, now }: Choice): PublishAction {
  if (isChange) return 'publishChange';
  if (when !== 'later') return when === 'now' ? 'publish' : 'takeBack';
  const at = timeOf(time);
  if (at === null) return 'noTime';
  const isToCome = new Date(at) > now;
  if (isLive) return isToCome ? 'hideUntil' : 'redate';
  return isToCome ? 'schedule' : 'publishDated';
}
