import { type AccountUpdate, updateAccount } from '@rubric/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';

interface Update {
  id: number;
  body: AccountUpdate;
}

/** Suspends an account or lets it in again. The toast offers the opposite. */
export function useAccountUpdate() {
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ id, body }: Update) => updateAccount({ path: { id }, body }),
    onSuccess: async ({ id, name, suspendedAt }) => {
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
      const isSuspended = suspendedAt !== null;
      toast.done({
        title: isSuspended ? texts.accounts.wasSuspended(name) : texts.accounts.wasReadmitted(name),
        undo: () => mutate({ id, body: { suspended: !isSuspended } }),
      });
    },
    meta: { failure: texts.accounts.couldNotUpdate },
  });
  return mutate;
}
