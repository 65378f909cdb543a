import type { NewSecondFactor } from '@rubric/client';
import { disableSecondFactor, renewRecoveryCodes, setUpSecondFactor } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAccount } from '../api/account.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { ConfirmFactorForm } from './confirm-factor-form.tsx';
import { PasswordPrompt } from './password-prompt.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Step =
  | { name: 'on' | 'off' | 'renew' }
  | { name: 'scan'; factor: NewSecondFactor }
  | { name: 'codes'; codes: string[] };

/** Turns the second factor on and off. Each step asks for the password: the browser may be unattended. */
export function SecondFactor() {
  const { secondFactor } = useAccount();
  const queryClient = useQueryClient();
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['account'] });
  return (
    <>
      {secondFactor ? (
        <>
          <Notice tone="live">{texts.account.factorIsOn}</Notice>
          <div className="mt-4 flex flex-wrap gap-2">
            <Button onClick={() => setStep({ name: 'renew' })}>{texts.account.renewCodes}</Button>
            <Button onClick={() => setStep({ name: 'off' })}>{texts.account.turnOff}</Button>
          </div>
        </>
      ) : (
        <Button onClick={() => setStep({ name: 'on' })}>{texts.account.turnOn}</Button>
      )}
      {/* Codes that are shown once are closed by their button alone. */}
      <Dialog
        open={step !== undefined}
        {...(step?.name !== 'codes' && { onClose: close })}
        title={step ? texts.account.steps[step.name] : ''}
      >
        {step?.name === 'on' && (
          <PasswordPrompt
            action={texts.account.next}
            submit={async (body) => setStep({ name: 'scan', factor: await setUpSecondFactor({ body }) })}
          />
        )}
        {step?.name === 'scan' && (
          <ConfirmFactorForm
            factor={step.factor}
            onConfirmed={async () => {
              await refresh();
              setStep({ name: 'codes', codes: step.factor.recoveryCodes });
            }}
          />
        )}
        {step?.name === 'codes' && <RecoveryCodes codes={step.codes} onDone={close} />}
        {step?.name === 'renew' && (
          <PasswordPrompt
            action={texts.account.renewCodes}
            submit={async (body) => {
              const { recoveryCodes } = await renewRecoveryCodes({ body });
              setStep({ name: 'codes', codes: recoveryCodes });
            }}
          />
        )}
        {step?.name === 'off' && (
          <PasswordPrompt
            action={texts.account.turnOff}
            submit={async (body) => {
              await disableSecondFactor({ body });
              await refresh();
              close();
              toast.done({ title: texts.account.factorIsOff, detail: texts.account.otherSessionsEnded });
            }}
          />
        )}
      </Dialog>
    </>
  );
}
