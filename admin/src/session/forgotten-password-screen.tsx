import { requestPasswordReset } from '@rubric/client';
import { useState } from 'react';
import { TextLink } from '../design/link.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';
import { Heading } from './heading.tsx';

/** Sends a link to somebody who forgot the password. The answer is the same for an address without an account. */
export function ForgottenPasswordScreen() {
  const [sentTo, setSentTo] = useState<string>();
  const form = useServerForm({
    initial: { email: '' },
    submit: async (body) => {
      await requestPasswordReset({ body });
      setSentTo(body.email);
    },
  });
  return (
    <>
      <Heading title={sentTo === undefined ? texts.session.forgottenTitle : texts.session.mailSent}>
        {sentTo === undefined ? texts.session.forgottenHint : texts.session.mailSentHint(sentTo)}
      </Heading>
      {sentTo === undefined && (
        <Form form={form}>
          <form.FormError />
          <form.AppField name="email">
            {(field) => (
              <field.Text label={texts.session.email} type="email" autoComplete="username" autoFocus required />
            )}
          </form.AppField>
          <form.Submit>{texts.session.sendLink}</form.Submit>
        </Form>
      )}
      <p className="mt-5 text-sm">
        <TextLink to="/sign-in">{texts.session.backToSignIn}</TextLink>
      </p>
    </>
  );
}
