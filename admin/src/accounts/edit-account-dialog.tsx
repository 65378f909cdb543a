import { type Account, updateAccount } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { ROLE_OPTIONS } from '../api/role-options.ts';
import { Button } from '../design/button.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { BylineField, bylineOf } from '../pickers/byline-field.tsx';
import { texts } from '../texts/texts.ts';

/** Name, role and byline of an account. */
export function EditAccountDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useServerForm({
    initial: { name: account.name, role: account.role, authorId: bylineOf(account.authorId) },
    submit: async ({ authorId, ...values }) => {
      const body = { ...values, authorId: authorId === '' ? null : Number(authorId) };
      const updated = await updateAccount({ path: { id: account.id }, body });
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
      await queryClient.invalidateQueries({ queryKey: ['account'] });
      toast.done({ title: texts.accounts.wasUpdated(updated.name) });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={texts.accounts.editTitle(account.name)} description={account.email}>
      <Form form={form}>
        <form.FormError />
        <form.AppField name="name">{(field) => <field.Text label={texts.accounts.name} required />}</form.AppField>
        <form.AppField name="role">
          {(field) => <field.Select label={texts.accounts.role} options={ROLE_OPTIONS} />}
        </form.AppField>
        <form.AppField name="authorId">
          {(field) => (
            <BylineField value={field.state.value} onChange={field.handleChange} error={field.state.meta.errors[0]} />
          )}
        </form.AppField>
        <DialogActions>
          <Button onClick={onClose}>{texts.design.cancel}</Button>
          <form.Submit>{texts.design.save}</form.Submit>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
