import { DialogActions } from '../design/dialog.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

interface PasswordPromptProps {
  action: string;
  submit: (body: { password: string }) => Promise<unknown>;
}

/** Asks for the password before something that protects the account changes. */
export function PasswordPrompt({ action, submit }: PasswordPromptProps) {
  const form = useServerForm({ initial: { password: '' }, submit });
  return (
    <Form form={form}>
      <form.FormError />
      <form.AppField name="password">
        {(field) => (
          <field.Text
            label={texts.account.currentPassword}
            type="password"
            autoComplete="current-password"
            autoFocus
            required
          />
        )}
      </form.AppField>
      <DialogActions>
        <form.Submit>{action}</form.Submit>
      </DialogActions>
    </Form>
  );
}
