import { inviteUser, type NewInvitation } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../api/permissions.ts';
import { ROLE_OPTIONS } from '../api/role-options.ts';
import { Button } from '../design/button.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { Secret } from '../design/secret.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { BylineField } from '../pickers/byline-field.tsx';
import { texts } from '../texts/texts.ts';

const NOBODY: { email: string; role: Role; authorId: string } = { email: '', role: 'author', authorId: '' };

/** Invites somebody by email, and shows the link, for those who send it another way. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [invitation, setInvitation] = useState<NewInvitation>();
  const close = () => {
    setInvitation(undefined);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={invitation ? texts.accounts.invited : texts.accounts.inviteTitle}
      description={invitation ? texts.accounts.invitedDetail(invitation.email) : texts.accounts.inviteDetail}
    >
      {invitation ? (
        <>
          <Secret label={texts.accounts.link} value={invitation.link} />
          <DialogActions>
            <Button look="primary" onClick={close}>
              {texts.design.done}
            </Button>
          </DialogActions>
        </>
      ) : (
        <InviteForm onInvited={setInvitation} onClose={close} />
      )}
    </Dialog>
  );
}

function InviteForm({ onInvited, onClose }: { onInvited: (invitation: NewInvitation) => void; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useServerForm({
    initial: NOBODY,
    submit: async ({ authorId, ...values }) => {
      const body = { ...values, authorId: authorId === '' ? null : Number(authorId) };
      const invitation = await inviteUser({ body });
      await queryClient.invalidateQueries({ queryKey: ['accounts', 'invitations'] });
      onInvited(invitation);
    },
  });
  return (
    <Form form={form}>
      <form.FormError />
      <form.AppField name="email">
        {(field) => <field.Text label={texts.accounts.email} type="email" autoComplete="off" autoFocus required />}
      </form.AppField>
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
        <form.Submit>{texts.accounts.sendInvitation}</form.Submit>
      </DialogActions>
    </Form>
  );
}
