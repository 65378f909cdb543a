import { changeYourPassword } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

/** Changing it ends the other sessions. */
export function PasswordForm() {
  const queryClient = useQueryClient();
  const form = useServerForm({
    initial: { currentPassword: '', newPassword: '' },
    submit: async (body) => {
      await changeYourPassword({ body });
      form.reset();
      await queryClient.invalidateQueries({ queryKey: ['account'] });
      toast.done({ title: texts.account.passwordChanged, detail: texts.account.otherSessionsEnded });
    },
  });
  return (
    <Form form={form} className="flex max-w-md flex-col items-start gap-4">
      <form.FormError />
      <form.AppField name="currentPassword">
        {(field) => (
          <field.Text
            label={texts.account.currentPassword}
            type="password"
            autoComplete="current-password"
            className="w-full"
            required
          />
        )}
      </form.AppField>
      <form.AppField name="newPassword">
        {(field) => (
          <field.Text
            label={texts.account.newPassword}
            hint={texts.account.newPasswordHint}
            type="password"
            autoComplete="new-password"
            className="w-full"
            required
          />
        )}
      </form.AppField>
      <form.Submit look="plain">{texts.account.changePassword}</form.Submit>
    </Form>
  );
}
