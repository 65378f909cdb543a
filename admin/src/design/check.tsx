import { Checkbox } from '@base-ui/react/checkbox';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  hint?: ReactNode;
  children: ReactNode;
}

/** A box to check, with its label. */
export function Check({ checked, onChange, disabled, hint, children }: CheckProps) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <Checkbox.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled ?? false}
        className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-sm bg-sheet inset-ring inset-ring-edge data-checked:bg-rubric data-checked:inset-ring-rubric data-disabled:opacity-50"
      >
        <Checkbox.Indicator className="text-on-rubric">
          <Icon name="check" className="size-4 stroke-2" />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span>
        {children}
        {hint !== undefined && <span className="block text-xs text-soft">{hint}</span>}
      </span>
    </label>
  );
}
