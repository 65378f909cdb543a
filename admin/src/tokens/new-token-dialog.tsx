import { createToken, type NewToken } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { useAccount } from '../api/account.ts';
import { ROLES, type Role } from '../api/permissions.ts';
import { ROLE_OPTIONS } from '../api/role-options.ts';
import { Button } from '../design/button.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { Secret } from '../design/secret.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

const DAY_MS = 86_400_000;
const LIFETIMES = ['30', '90', '365', 'none'] as const;
type Lifetime = (typeof LIFETIMES)[number];
const LIFETIME_OPTIONS = LIFETIMES.map((value) => ({ value, label: texts.tokens.lifetimes[value] }));
const OWNER_OPTIONS = (['own', 'installation'] as const).map((value) => ({
  value,
  label: texts.tokens.owners[value].name,
  hint: texts.tokens.owners[value].hint,
}));

interface Values {
  name: string;
  role: Role;
  readOnly: boolean;
  owner: 'own' | 'installation';
  lifetime: Lifetime;
}
const DEFAULTS: Values = { name: '', role: 'reader', readOnly: true, owner: 'own', lifetime: '90' };

interface NewTokenDialogProps {
  open: boolean;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Creates a token, and shows its secret this once: only its button closes it then, and no key that was pressed by mistake. */
export function NewTokenDialog({ open, onClose, finalFocus }: NewTokenDialogProps) {
  const [token, setToken] = useState<NewToken>();
  const close = () => {
    setToken(undefined);
    onClose();
  };
  return (
    <Dialog
      open={open}
      {...(!token && { onClose: close })}
      finalFocus={finalFocus}
      title={token ? texts.tokens.created(token.name) : texts.tokens.createTitle}
      description={token ? texts.tokens.createdDetail : texts.tokens.whatFor}
    >
      {token ? (
        <>
          <Secret label={texts.tokens.secret} value={token.token} />
          <DialogActions>
            <Button look="primary" onClick={close}>
              {texts.design.done}
            </Button>
          </DialogActions>
        </>
      ) : (
        <NewTokenForm onCreated={setToken} onClose={close} />
      )}
    </Dialog>
  );
}

function NewTokenForm({ onCreated, onClose }: { onCreated: (token: NewToken) => void; onClose: () => void }) {
  const queryClient = useQueryClient();
  const { role: ownRole } = useAccount();
  const roles = ROLE_OPTIONS.slice(0, ROLES.indexOf(ownRole) + 1);
  const form = useServerForm({
    initial: DEFAULTS,
    submit: async ({ owner, lifetime, ...values }) => {
      const expiresAt = lifetime === 'none' ? null : new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString();
      const body = { ...values, expiresAt, ...(owner === 'installation' && { accountId: null }) };
      const token = await createToken({ body });
      await queryClient.invalidateQueries({ queryKey: ['tokens'] });
      onCreated(token);
    },
  });
  return (
    <Form form={form}>
      <form.FormError />
      <form.AppField name="name">
        {(field) => (
          <field.Text label={texts.tokens.name} hint={texts.tokens.nameHint} autoComplete="off" autoFocus required />
        )}
      </form.AppField>
      <form.AppField name="role">{(field) => <field.Select label={texts.tokens.role} options={roles} />}</form.AppField>
      <form.AppField name="readOnly">
        {(field) => <field.Box hint={texts.tokens.readOnlyHint}>{texts.tokens.readOnly}</field.Box>}
      </form.AppField>
      {ownRole === 'admin' && (
        <form.AppField name="owner">
          {(field) => <field.Select label={texts.tokens.owner} options={OWNER_OPTIONS} />}
        </form.AppField>
      )}
      <form.AppField name="lifetime">
        {(field) => <field.Select label={texts.tokens.validUntil} options={LIFETIME_OPTIONS} />}
      </form.AppField>
      <DialogActions>
        <Button onClick={onClose}>{texts.design.cancel}</Button>
        <form.Submit>{texts.tokens.create}</form.Submit>
      </DialogActions>
    </Form>
  );
}
