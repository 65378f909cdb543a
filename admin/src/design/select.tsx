import { Select as BaseSelect } from '@base-ui/react/select';
import { classNames } from './class-names.ts';
import { controlClass, Field } from './field.tsx';
import { Icon } from './icon.tsx';
import { itemClass, popupClass } from './menu.tsx';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** What choosing it means, in a line below. */
  hint?: string;
}

export interface SelectFieldProps<Value extends string> {
  label: string;
  labelHidden?: boolean;
  hint?: string;
  error?: string | undefined;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  className?: string;
}

/** Chooses one of a few. */
export function SelectField<Value extends string>({
  value,
  options,
  onChange,
  disabled,
  ...frame
}: SelectFieldProps<Value>) {
  return (
    <Field {...frame}>
      <BaseSelect.Root
        items={options}
        value={value}
        disabled={disabled ?? false}
        onValueChange={(chosen) => chosen !== null && onChange(chosen)}
      >
        <BaseSelect.Trigger
          className={classNames(controlClass, 'flex min-h-9 items-center justify-between gap-2 px-2.5 text-left')}
        >
          <BaseSelect.Value className="truncate" />
          <Icon name="down" className="size-4 text-soft" />
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
            <BaseSelect.Popup
              className={classNames(
                popupClass,
                'max-h-(--available-height) min-w-(--anchor-width) max-w-80 overflow-y-auto',
              )}
            >
              {options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={itemClass}>
                  <Icon
                    name="check"
                    className={classNames('size-4 text-rubric', option.value !== value && 'invisible')}
                  />
                  <span>
                    <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                    {option.hint !== undefined && <span className="block text-xs text-soft">{option.hint}</span>}
                  </span>
                </BaseSelect.Item>
              ))}
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </Field>
  );
}
