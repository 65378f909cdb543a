import { updateYourAccount } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { accountQuery, useAccount } from '../api/account.ts';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

export function ProfileForm() {
  const queryClient = useQueryClient();
  const { name } = useAccount();
  const form = useServerForm({
    initial: { name },
    submit: async (body) => {
      queryClient.setQueryData(accountQuery.queryKey, await updateYourAccount({ body }));
      toast.done({ title: texts.account.saved });
    },
  });
  return (
    <Form form={form} className="flex max-w-md flex-col items-start gap-4">
      <form.FormError />
      <form.AppField name="name">
        {(field) => <field.Text label={texts.account.name} autoComplete="name" className="w-full" required />}
      </form.AppField>
      <form.Submit look="plain">{texts.design.save}</form.Submit>
    </Form>
  );
}
