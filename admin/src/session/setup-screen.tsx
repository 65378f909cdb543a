import { setUp } from '@rubric/client';
import { useNavigate } from '@tanstack/react-router';
import { sessionGate } from '../api/client.ts';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';
import { Heading } from './heading.tsx';
import { newPasswordProps } from './new-password-props.ts';

/** Makes the first admin, with the code that the server printed when it started. */
export function SetupScreen() {
  const navigate = useNavigate();
  const form = useServerForm({
    initial: { code: '', name: '', email: '', password: '' },
    submit: async ({ code, ...body }) => {
      sessionGate.signedIn(await setUp({ body: { code: code.trim(), ...body } }));
      await navigate({ to: '/' });
    },
  });
  return (
    <>
      <Heading title={texts.session.setup}>{texts.session.setupHint}</Heading>
      <Form form={form}>
        <form.FormError />
        <form.AppField name="code">
          {(field) => (
            <field.Text
              label={texts.session.setupCode}
              hint={texts.session.setupCodeHint}
              autoComplete="off"
              autoFocus
              required
            />
          )}
        </form.AppField>
        <form.AppField name="name">
          {(field) => <field.Text label={texts.session.name} autoComplete="name" required />}
        </form.AppField>
        <form.AppField name="email">
          {(field) => <field.Text label={texts.session.email} type="email" autoComplete="username" required />}
        </form.AppField>
        <form.AppField name="password">{(field) => <field.Text {...newPasswordProps} />}</form.AppField>
        <form.Submit>{texts.session.setupAction}</form.Submit>
      </Form>
    </>
  );
}
