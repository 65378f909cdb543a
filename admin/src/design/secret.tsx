import { useState } from 'react';
import { texts } from '../texts/texts.ts';
import { Button } from './button.tsx';
import { controlClass } from './field.tsx';

/** A text that is shown once, to be copied. */
export function Secret({ label, value }: { label: string; value: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <label className="flex min-w-48 flex-1 flex-col gap-1 text-sm font-medium">
        {label}
        <input
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className={`${controlClass} min-h-9 px-2.5 font-mono text-sm`}
        />
      </label>
      {/* A page without TLS has no clipboard; the text can be selected. */}
      {window.isSecureContext && (
        <Button icon={isCopied ? 'check' : 'copy'} onClick={() => void copy()}>
          <span aria-live="polite">{isCopied ? texts.design.copied : texts.design.copy}</span>
        </Button>
      )}
    </div>
  );
}
