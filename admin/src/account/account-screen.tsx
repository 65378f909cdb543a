import { useAccount } from '../api/account.ts';
import { Page, Section } from '../design/page.tsx';
import { texts } from '../texts/texts.ts';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

/** The person's own account. */
export function AccountScreen() {
  const { email, role } = useAccount();
  return (
    <Page title={texts.screens.account} lead={texts.account.lead(email, texts.roles[role].name)} width="text">
      <Section title={texts.account.profile}>
        <ProfileForm />
      </Section>
      <Section title={texts.account.password} lead={texts.account.passwordLead}>
        <PasswordForm />
      </Section>
      <Section title={texts.account.secondFactor} lead={texts.account.secondFactorLead}>
        <SecondFactor />
      </Section>
      <Section title={texts.account.sessions} lead={texts.account.sessionsLead}>
        <Sessions />
      </Section>
    </Page>
  );
}
