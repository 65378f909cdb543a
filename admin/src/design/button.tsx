import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { Tip } from './tip.tsx';

const LOOKS = {
  /** The one action that the screen is for. At most one is visible. */
  primary: 'bg-rubric text-on-rubric hover:bg-rubric-deep',
  /** Every other action. */
  plain: 'bg-sheet text-ink inset-ring inset-ring-edge/60 hover:bg-wash',
  /** Actions among many, as in a toolbar or a row. */
  quiet: 'text-soft hover:bg-wash hover:text-ink',
  /** Confirms that something is lost. */
  danger: 'bg-danger text-paper hover:opacity-90',
} as const;

const SIZES = { sm: 'min-h-7 px-2 text-sm gap-1', md: 'min-h-9 px-3.5 text-sm gap-1.5' } as const;

export type ButtonLook = keyof typeof LOOKS;
export type ButtonSize = keyof typeof SIZES;

/** The look of a button, also for links that look like one. */
export const buttonClass = (look: ButtonLook = 'plain', size: ButtonSize = 'md', className?: string) =>
  classNames(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap no-underline select-none',
    'transition-colors duration-100 data-disabled:opacity-50 data-popup-open:bg-wash',
    LOOKS[look],
    SIZES[size],
    className,
  );

interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className'> {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: IconName;
  /** Whether its action is on the way. The button keeps the focus, and does nothing meanwhile. */
  busy?: boolean;
  className?: string;
}

export function Button({ look, size, icon, busy, className, children, disabled, ...props }: ButtonProps) {
  return (
    <BaseButton
      {...props}
      disabled={disabled || busy}
      focusableWhenDisabled={busy ?? false}
      aria-busy={busy || undefined}
      className={buttonClass(look, size, className)}
    >
      {icon && <Icon name={icon} className="-ml-0.5 size-4.5" />}
      {children}
    </BaseButton>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  icon: IconName;
  /** What it does: its name for screen readers, and its tooltip. */
  label: string;
}

/** A button of an icon alone. */
export function IconButton({
  icon,
  label,
  look = 'quiet',
  size = 'md',
  className,
  disabled,
  busy,
  ...props
}: IconButtonProps) {
  return (
    <Tip
      label={label}
      trigger={
        <BaseButton
          {...props}
          aria-label={label}
          disabled={disabled || busy}
          className={buttonClass(look, size, classNames('px-0!', size === 'md' ? 'size-9' : 'size-7', className))}
        >
          <Icon name={icon} className={size === 'md' ? 'size-5' : 'size-4.5'} />
        </BaseButton>
      }
    />
  );
}
