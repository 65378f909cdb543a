import { type Account, deleteAccount, disableSecondFactorOfAccount } from '@rubric/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Confirm } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';

interface ConfirmationProps {
  account: Account;
  onClose: () => void;
}

export function DeleteAccount({ account, onClose }: ConfirmationProps) {
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => deleteAccount({ path: { id: account.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
      toast.done({ title: texts.accounts.wasDeleted(account.name) });
    },
    onSettled: onClose,
    meta: { failure: texts.accounts.couldNotDelete },
  });
  return (
    <Confirm
      open
      danger
      title={texts.accounts.deleteTitle(account.name)}
      action={texts.accounts.delete}
      busy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      {texts.accounts.deleteDetail}
    </Confirm>
  );
}

export function DisableSecondFactor({ account, onClose }: ConfirmationProps) {
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => disableSecondFactorOfAccount({ path: { id: account.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
      toast.done({ title: texts.accounts.secondFactorDisabled(account.name) });
    },
    onSettled: onClose,
    meta: { failure: texts.accounts.couldNotUpdate },
  });
  return (
    <Confirm
      open
      title={texts.accounts.secondFactorTitle(account.name)}
      action={texts.accounts.disable}
      busy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      {texts.accounts.secondFactorDetail}
    </Confirm>
  );
}
