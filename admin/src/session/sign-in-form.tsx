import { type Account, completeSignInWithSecondFactor, signIn } from '@rubric/client';
import { useState } from 'react';
import { sessionGate } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

interface SignInFormProps {
  /** The address of the person who was signed in before. */
  email?: string;
  onSignedIn?: (account: Account) => void;
}

/** Email address and password, then the second factor, if the account has one. */
export function SignInForm({ email = '', onSignedIn }: SignInFormProps) {
  const [isChallenged, setChallenged] = useState(false);
  const finish = (account: Account) => {
    sessionGate.signedIn(account);
    onSignedIn?.(account);
  };
  if (isChallenged) return <SecondFactorForm onSignedIn={finish} onBack={() => setChallenged(false)} />;
  return <PasswordForm email={email} onSignedIn={finish} onChallenge={() => setChallenged(true)} />;
}

interface PasswordFormProps {
  email: string;
  onSignedIn: (account: Account) => void;
  onChallenge: () => void;
}

function PasswordForm({ email, onSignedIn, onChallenge }: PasswordFormProps) {
  const form = useServerForm({
    initial: { email, password: '' },
    submit: async (body) => {
      const result = await signIn({ body });
      if ('id' in result) onSignedIn(result);
      else onChallenge();
    },
  });
  return (
    <Form form={form}>
      <form.FormError />
      <form.AppField name="email">
        {(field) => (
          <field.Text
            label={texts.session.email}
            type="email"
            autoComplete="username"
            autoFocus={email === ''}
            required
          />
        )}
      </form.AppField>
      <form.AppField name="password">
        {(field) => (
          <field.Text
            label={texts.session.password}
            type="password"
            autoComplete="current-password"
            autoFocus={email !== ''}
            required
          />
        )}
      </form.AppField>
      <form.Submit>{texts.session.signIn}</form.Submit>
    </Form>
  );
}

function SecondFactorForm({ onSignedIn, onBack }: { onSignedIn: (account: Account) => void; onBack: () => void }) {
  const [isRecovery, setRecovery] = useState(false);
  const form = useServerForm({
    initial: { code: '', recoveryCode: '' },
    submit: async ({ code, recoveryCode }) =>
      onSignedIn(
        await completeSignInWithSecondFactor({
          body: isRecovery ? { recoveryCode: recoveryCode.trim() } : { code: code.replaceAll(' ', '') },
        }),
      ),
  });
  return (
    <Form form={form}>
      <p className="text-soft">{isRecovery ? texts.session.recoveryHint : texts.session.codeHint}</p>
      <form.FormError />
      {isRecovery ? (
        <form.AppField name="recoveryCode" key="recovery">
          {(field) => <field.Text label={texts.session.recoveryCode} autoComplete="off" autoFocus required />}
        </form.AppField>
      ) : (
        <form.AppField name="code" key="code">
          {(field) => (
            <field.Text
              label={texts.session.code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              autoFocus
              required
            />
          )}
        </form.AppField>
      )}
      <form.Submit>{texts.session.signIn}</form.Submit>
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="quiet" size="sm" onClick={onBack}>
          {texts.session.back}
        </Button>
        <Button look="quiet" size="sm" onClick={() => setRecovery(!isRecovery)}>
          {isRecovery ? texts.session.codeInstead : texts.session.recoveryInstead}
        </Button>
      </div>
    </Form>
  );
}
