import { enableSecondFactor, type NewSecondFactor } from '@rubric/client';
import { DialogActions } from '../design/dialog.tsx';
import { Secret } from '../design/secret.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';
import { QrCode } from './qr-code.tsx';

interface ConfirmFactorFormProps {
  factor: NewSecondFactor;
  onConfirmed: () => Promise<void>;
}

/** Shows the secret to the authenticator app, and takes its first code. */
export function ConfirmFactorForm({ factor, onConfirmed }: ConfirmFactorFormProps) {
  const form = useServerForm({
    initial: { code: '' },
    submit: async ({ code }) => {
      await enableSecondFactor({ body: { code: code.replaceAll(' ', '') } });
      await onConfirmed();
    },
  });
  return (
    <Form form={form}>
      <p className="text-soft">{texts.account.scan}</p>
      <QrCode text={factor.uri} label={texts.account.qrCode} />
      <Secret label={texts.account.typeInstead} value={factor.secret} />
      <form.FormError />
      <form.AppField name="code">
        {(field) => (
          <field.Text
            label={texts.account.firstCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            autoFocus
            required
          />
        )}
      </form.AppField>
      <DialogActions>
        <form.Submit>{texts.account.turnOn}</form.Submit>
      </DialogActions>
    </Form>
  );
}
