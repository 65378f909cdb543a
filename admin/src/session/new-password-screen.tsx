import { resetPassword } from '@rubric/client';
import { useState } from 'react';
import { ButtonLink } from '../design/link.tsx';
import { Notice } from '../design/notice.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';
import { Heading } from './heading.tsx';
import { useLinkToken } from './link-token.ts';
import { newPasswordProps } from './new-password-props.ts';

/** Takes the new password of somebody who forgot the old one. */
export function NewPasswordScreen() {
  const token = useLinkToken();
  const [isDone, setDone] = useState(false);
  const form = useServerForm({
    initial: { password: '' },
    submit: async ({ password }) => {
      await resetPassword({ body: { token: token ?? '', password } });
      setDone(true);
    },
  });
  if (isDone) {
    return (
      <>
        <Heading title={texts.session.passwordChanged}>{texts.session.passwordChangedHint}</Heading>
        <ButtonLink to="/sign-in" look="primary">
          {texts.session.signIn}
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <Heading title={texts.session.newPassword} />
      {token === null ? (
        <Notice tone="danger">{texts.session.incompleteLink}</Notice>
      ) : (
        <Form form={form}>
          <form.FormError />
          <form.AppField name="password">{(field) => <field.Text {...newPasswordProps} autoFocus />}</form.AppField>
          <form.Submit>{texts.session.savePassword}</form.Submit>
        </Form>
      )}
    </>
  );
}
