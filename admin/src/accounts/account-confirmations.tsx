import { type Account, deleteAccount, disableSecondFactorOfAccount } from '@rubric/client';
import { ConfirmMutation } from '../forms/confirm-mutation.tsx';
import { texts } from '../texts/texts.ts';

interface ConfirmationProps {
  account: Account;
  onClose: () => void;
}

export const DeleteAccount = ({ account: { id, name }, onClose }: ConfirmationProps) => (
  <ConfirmMutation
    danger
    title={texts.accounts.deleteTitle(name)}
    action={texts.accounts.delete}
    run={() => deleteAccount({ path: { id } })}
    invalidates={['accounts']}
    done={texts.accounts.wasDeleted(name)}
    failure={texts.accounts.couldNotDelete}
    onClose={onClose}
  >
    {texts.accounts.deleteDetail}
  </ConfirmMutation>
);

export const DisableSecondFactor = ({ account: { id, name }, onClose }: ConfirmationProps) => (
  <ConfirmMutation
    title={texts.accounts.secondFactorTitle(name)}
    action={texts.accounts.disable}
    run={() => disableSecondFactorOfAccount({ path: { id } })}
    invalidates={['accounts']}
    done={texts.accounts.secondFactorDisabled(name)}
    failure={texts.accounts.couldNotUpdate}
    onClose={onClose}
  >
    {texts.accounts.secondFactorDetail}
  </ConfirmMutation>
);
