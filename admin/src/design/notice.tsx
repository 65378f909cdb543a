import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

const TONES = {
  info: { class: 'bg-wash', icon: 'info' },
  due: { class: 'bg-due-wash text-due', icon: 'warning' },
  danger: { class: 'bg-danger-wash text-danger', icon: 'warning' },
  live: { class: 'bg-live-wash text-live', icon: 'check' },
} as const;

interface NoticeProps {
  tone?: keyof typeof TONES;
  /** Announced when it appears: `alert` at once, `status` at the next pause. */
  role?: 'alert' | 'status';
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A sentence about what is on the screen, in its place. */
export function Notice({ tone = 'info', role, actions, children, className }: NoticeProps) {
  return (
    <div
      role={role}
      className={classNames('flex items-start gap-2 rounded-md px-3 py-2 text-sm', TONES[tone].class, className)}
    >
      <Icon name={TONES[tone].icon} className="mt-0.5 size-4.5" />
      <div className="min-w-0 flex-1">{children}</div>
      {actions}
    </div>
  );
}
