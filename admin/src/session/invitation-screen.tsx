import { acceptInvitation, signIn } from '@rubric/client';
import { useNavigate } from '@tanstack/react-router';
import { sessionGate } from '../api/client.ts';
import { Notice } from '../design/notice.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';
import { Heading } from './heading.tsx';
import { useLinkToken } from './link-token.ts';
import { newPasswordProps } from './new-password-props.ts';

/** Makes the account of an invitation, and signs in to it. */
export function InvitationScreen() {
  const token = useLinkToken();
  const navigate = useNavigate();
  const form = useServerForm({
    initial: { name: '', password: '' },
    submit: async (values) => {
      const { email } = await acceptInvitation({ body: { token: token ?? '', ...values } });
      const account = await signIn({ body: { email, password: values.password } });
      if ('id' in account) sessionGate.signedIn(account);
      await navigate({ to: '/' });
    },
  });
  return (
    <>
      <Heading title={texts.session.welcome}>{texts.session.welcomeHint}</Heading>
      {token === null ? (
        <Notice tone="danger">{texts.session.incompleteLink}</Notice>
      ) : (
        <Form form={form}>
          <form.FormError />
          <form.AppField name="name">
            {(field) => <field.Text label={texts.session.name} autoComplete="name" autoFocus required />}
          </form.AppField>
          <form.AppField name="password">{(field) => <field.Text {...newPasswordProps} />}</form.AppField>
          <form.Submit>{texts.session.createAccount}</form.Submit>
        </Form>
      )}
    </>
  );
}
