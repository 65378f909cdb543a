import { Field as BaseField } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export const controlClass =
  'w-full rounded-md bg-sheet text-ink inset-ring inset-ring-edge hover:inset-ring-soft aria-invalid:inset-ring-danger ' +
  'focus:outline-2 focus:outline-focus focus:-outline-offset-1 disabled:opacity-60 [&[readonly]]:bg-wash';

interface FieldFrameProps {
  label: string;
  /** Keeps the label for screen readers, where the place says what it is. */
  labelHidden?: boolean;
  /** What to know before filling it in. */
  hint?: ReactNode;
  error?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** Label, hint and error around one control. Base UI joins them by id. */
export function Field({ label, labelHidden, hint, error, className, children }: FieldFrameProps) {
  return (
    <BaseField.Root invalid={error !== undefined} className={classNames('flex flex-col gap-1', className)}>
      <BaseField.Label className={classNames('text-sm font-medium', labelHidden && 'sr-only')}>{label}</BaseField.Label>
      {children}
      {hint !== undefined && <BaseField.Description className="text-xs text-soft">{hint}</BaseField.Description>}
      {error !== undefined && (
        <BaseField.Error match className="text-sm text-danger">
          {error}
        </BaseField.Error>
      )}
    </BaseField.Root>
  );
}

type InputProps = Omit<ComponentProps<typeof BaseField.Control>, 'className' | 'onChange' | 'value'>;

export interface TextFieldProps extends Omit<FieldFrameProps, 'children'>, InputProps {
  value: string;
  onChange: (value: string) => void;
}

/** One line of text. */
export function TextField({ label, labelHidden, hint, error, className, onChange, ...props }: TextFieldProps) {
  const frame = { label, labelHidden: labelHidden ?? false, hint, error, className };
  return (
    <Field {...frame}>
      <BaseField.Control
        {...props}
        onValueChange={onChange}
        className={classNames(controlClass, 'min-h-9 px-2.5 text-base')}
      />
    </Field>
  );
}

export interface TextAreaProps
  extends Omit<FieldFrameProps, 'children'>,
    Omit<ComponentProps<'textarea'>, 'className' | 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
}

/** Some lines of text; it grows with them. */
export function TextArea({ label, labelHidden, hint, error, className, onChange, value, ...props }: TextAreaProps) {
  const frame = { label, labelHidden: labelHidden ?? false, hint, error, className };
  return (
    <Field {...frame}>
      <BaseField.Control
        value={value}
        onValueChange={onChange}
        render={<textarea rows={3} {...props} />}
        className={classNames(controlClass, 'field-sizing-content min-h-20 px-2.5 py-1.5 text-base')}
      />
    </Field>
  );
}
