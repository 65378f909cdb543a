import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useAccount } from '../api/account.ts';
import { SESSION_ENDED } from '../api/session-gate.ts';
import { Dialog } from '../design/dialog.tsx';
import { useLoadLater } from '../routing/use-load-later.ts';
import { texts } from '../texts/texts.ts';

/** Not with the first screen: the library of forms comes with it. */
const importForm = () => import('./sign-in-form.tsx').then(({ SignInForm }) => ({ default: SignInForm }));
const SignInForm = lazy(importForm);

/** Lies over the screen when the session has ended; what is below waits, with everything that was typed. */
export function SignInAgain() {
  const account = useAccount();
  const { data: hasEnded } = useQuery({
    queryKey: SESSION_ENDED,
    queryFn: () => false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useLoadLater(importForm);
  return (
    <Dialog open={hasEnded === true} title={texts.session.again} description={texts.session.againHint}>
      <Suspense>
        <SignInForm email={account.email} />
      </Suspense>
    </Dialog>
  );
}
