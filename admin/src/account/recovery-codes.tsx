import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { Secret } from '../design/secret.tsx';
import { texts } from '../texts/texts.ts';

/** The recovery codes, shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <>
      <Notice tone="due">{texts.account.keepCodes}</Notice>
      <ul className="my-4 grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Secret label={texts.account.allCodes} value={codes.join(' ')} />
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          {texts.account.keptCodes}
        </Button>
      </DialogActions>
    </>
  );
}
