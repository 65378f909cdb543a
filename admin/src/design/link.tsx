import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

/** A link in a text or a table, to another screen. */
export const TextLink = createLink(({ className, children, ...props }: ComponentProps<'a'>) => (
  <a
    {...props}
    className={classNames('text-ink underline decoration-line underline-offset-3 hover:decoration-rubric', className)}
  >
    {children}
  </a>
));

interface ButtonLinkProps extends ComponentProps<'a'> {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: IconName;
}

/** A link that looks like a button, because going there is the action. */
export const ButtonLink = createLink(({ look, size, icon, className, children, ...props }: ButtonLinkProps) => (
  <a {...props} className={buttonClass(look, size, className)}>
    {icon && <Icon name={icon} className="-ml-0.5 size-4.5" />}
    {children}
  </a>
));
