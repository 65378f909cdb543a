import { ConnectionError, isProblem } from '@rubric/client';
import { createFormHook, createFormHookContexts } from '@tanstack/react-form';
import type { ComponentType, ReactNode } from 'react';
import { Button, type ButtonLook } from '../design/button.tsx';
import { Check } from '../design/check.tsx';
import { TextArea, type TextAreaProps, TextField, type TextFieldProps } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { SelectField, type SelectFieldProps } from '../design/select.tsx';
import { texts } from '../texts/texts.ts';
import { problemOfForm } from './problem-of-form.ts';

const { fieldContext, formContext, useFieldContext, useFormContext } = createFormHookContexts();

type Bound<Props> = Omit<Props, 'value' | 'onChange' | 'error' | 'name'>;

/** What the field has, for the components of design/. The errors are the server's, or those of the field's validators. */
function useBound<Value>() {
  const field = useFieldContext<Value>();
  const [error] = field.state.meta.errors as unknown[];
  return {
    value: field.state.value,
    onChange: (value: Value) => field.handleChange(value),
    error: typeof error === 'string' ? error : undefined,
  };
}

const Text = (props: Bound<TextFieldProps>) => (
  <TextField {...props} {...useBound<string>()} name={useFieldContext().name} />
);
const Area = (props: Bound<TextAreaProps>) => <TextArea {...props} {...useBound<string>()} />;
function Select<Value extends string>(props: Bound<SelectFieldProps<Value>>) {
  return <SelectField {...props} {...useBound<Value>()} />;
}
function Box({ children, hint }: { children: ReactNode; hint?: ReactNode }) {
  const { value, onChange } = useBound<boolean>();
  return (
    <Check checked={value} onChange={onChange} hint={hint}>
      {children}
    </Check>
  );
}

/** Sends the form. Put it last. */
function Submit({
  look = 'primary',
  className,
  children,
}: {
  look?: ButtonLook;
  className?: string;
  children: ReactNode;
}) {
  const form = useFormContext();
  return (
    <form.Subscribe selector={({ isSubmitting }) => isSubmitting}>
      {(isSubmitting) => (
        <Button type="submit" look={look} busy={isSubmitting} {...(className !== undefined && { className })}>
          {children}
        </Button>
      )}
    </form.Subscribe>
  );
}

/** The problem that belongs to no field. Put it above the fields. */
function FormError() {
  const form = useFormContext();
  return (
    <form.Subscribe selector={({ errorMap }) => errorMap.onSubmit as unknown}>
      {(error) =>
        typeof error === 'string' && (
          <Notice tone="danger" role="alert">
            {error}
          </Notice>
        )
      }
    </form.Subscribe>
  );
}

const { useAppForm } = createFormHook({
  fieldContext,
  formContext,
  fieldComponents: { Text, Area, Select, Box },
  formComponents: { Submit, FormError },
});

interface Options<Values> {
  initial: Values;
  /** Calls the API. The problem that it throws is shown at the fields that its pointers name, and above the form. */
  submit: (values: Values) => Promise<unknown>;
}

/**
 * A form that the server validates: its rules are written once, there. Fields are `form.AppField` with `field.Text`,
 * `field.Area`, `field.Select` or `field.Box`.
 */
export function useServerForm<Values>({ initial, submit }: Options<Values>) {
  return useAppForm({
    defaultValues: initial,
    canSubmitWhenInvalid: true,
    onSubmit: async ({ value, formApi }) => {
      try {
        await submit(value);
      } catch (error) {
        if (isProblem(error))
          formApi.setErrorMap({ onSubmit: problemOfForm(error.problem, Object.keys(formApi.fieldInfo)) });
        else if (error instanceof ConnectionError) formApi.setErrorMap({ onSubmit: texts.forms.offline as never });
        else throw error;
      }
    },
  });
}

interface FormProps {
  form: {
    handleSubmit: () => Promise<void>;
    setErrorMap: (errors: never) => void;
    AppForm: ComponentType<{ children?: ReactNode }>;
  };
  className?: string;
  children: ReactNode;
}

/** The form element. The errors of the last attempt go before the next one; the first field with one gets the focus. */
export function Form({ form, className = 'flex flex-col gap-4', children }: FormProps) {
  return (
    <form.AppForm>
      <form
        noValidate
        className={className}
        onSubmit={(event) => {
          event.preventDefault();
          form.setErrorMap({ onSubmit: { fields: {}, form: undefined } } as never);
          const element = event.currentTarget;
          // The errors are on the screen with the next frame.
          const focusFirst = () => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
          void form.handleSubmit().then(() => requestAnimationFrame(focusFirst));
        }}
      >
        {children}
      </form>
    </form.AppForm>
  );
}
