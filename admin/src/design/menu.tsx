import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

/** The look of everything that opens over the page: menus, lists, popovers. */
export const popupClass =
  'rounded-lg bg-sheet p-1 text-sm shadow-pop inset-ring inset-ring-line outline-none origin-(--transform-origin) ' +
  'transition-[opacity,scale] duration-100 data-starting-style:opacity-0 data-starting-style:scale-98 data-ending-style:opacity-0';
export const itemClass =
  'flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-highlighted:not-data-disabled:bg-wash data-disabled:opacity-50';

/** A menu of actions. The children are `MenuItem`, `MenuLine` and `MenuGroup`. */
export function Menu({
  trigger,
  align = 'end',
  finalFocus = true,
  children,
}: {
  trigger: ReactElement;
  align?: 'start' | 'end';
  /**
   * What gets the focus when the menu closes. `true`: the trigger, unless an item has opened something that has it. A function
   * would take it from there.
   */
  finalFocus?: true | (() => HTMLElement | true);
  children: ReactNode;
}) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className="z-50">
          <BaseMenu.Popup finalFocus={finalFocus} className={classNames(popupClass, 'min-w-44 max-w-80')}>
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface MenuItemProps {
  icon?: IconName;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
  /** The shortcut that does the same, as `<Keys>`. */
  end?: ReactNode;
  children: ReactNode;
}

export function MenuItem({ icon, onSelect, danger, disabled, end, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={disabled ?? false}
      onClick={onSelect}
      className={classNames(itemClass, danger && 'text-danger')}
    >
      {icon && <Icon name={icon} className="size-4.5" />}
      <span className="flex-1">{children}</span>
      {end}
    </BaseMenu.Item>
  );
}

/** Items of one kind, under its name. */
export const MenuGroup = ({ label, children }: { label: string; children: ReactNode }) => (
  <BaseMenu.Group>
    <BaseMenu.GroupLabel className="px-2 py-1 text-xs text-soft">{label}</BaseMenu.GroupLabel>
    {children}
  </BaseMenu.Group>
);

/** One of several in a menu, of which one is chosen. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <MenuGroup label={label}>
      <BaseMenu.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} value={option.value} className={itemClass}>
            <Icon name="check" className={classNames('size-4 text-rubric', option.value !== value && 'invisible')} />
            {option.label}
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </MenuGroup>
  );
}

/** One that is on or off; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <BaseMenu.CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={itemClass}>
      <Icon name="check" className={classNames('size-4 text-rubric', !checked && 'invisible')} />
      {children}
    </BaseMenu.CheckboxItem>
  );
}

export const MenuLine = () => <BaseMenu.Separator className="mx-2 my-1 h-px bg-line" />;
