import { useQuery } from '@tanstack/react-query';
import { useAccount } from '../api/account.ts';
import { SESSION_ENDED } from '../api/session-gate.ts';
import { Dialog } from '../design/dialog.tsx';
import { texts } from '../texts/texts.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Lies over the screen when the session has ended; what is below waits, with everything that was typed. */
export function SignInAgain() {
  const account = useAccount();
  const { data: hasEnded } = useQuery({
    queryKey: SESSION_ENDED,
    queryFn: () => false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog open={hasEnded === true} title={texts.session.again} description={texts.session.againHint}>
      <SignInForm email={account.email} />
    </Dialog>
  );
}
