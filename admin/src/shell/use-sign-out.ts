import { signOut } from '@rubric/client';
import { useMutation } from '@tanstack/react-query';
import { texts } from '../texts/texts.ts';

/** Ends the session, and starts the site afresh: nothing of one person stays in memory for the next. */
export function useSignOut(): () => void {
  const { mutate } = useMutation({
    mutationFn: () => signOut(),
    onSuccess: () => location.assign('/admin/sign-in'),
    meta: { failure: texts.shell.couldNotSignOut },
  });
  return mutate;
}
