import { type KeyboardEvent, useEffect, useRef } from 'react';
import { texts } from '../texts/texts.ts';

interface TextProps {
  value: string;
  readOnly: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** Not while an input method composes: its Enter takes what it offers. */
function goToText(event: KeyboardEvent) {
  if (event.nativeEvent.isComposing) return;
  event.preventDefault();
  document.querySelector<HTMLElement>('.writing-text [contenteditable="true"]')?.focus();
}

/** The title, as large as a reader sees it. Enter goes on to the text. */
export function TitleField({
  value,
  error,
  readOnly,
  onChange,
  isNew,
  onLeave,
}: TextProps & { isNew: boolean; onLeave: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isNew) field.current?.focus();
  }, [isNew]);
  return (
    <div>
      <textarea
        ref={field}
        rows={1}
        aria-label={texts.writing.title}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : 'title-error'}
        placeholder={texts.writing.title}
        value={value}
        readOnly={readOnly}
        maxLength={500}
        onChange={(event) => onChange(event.target.value.replace(/\n/g, ' '))}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') goToText(event);
        }}
        className="field-sizing-content w-full resize-none bg-transparent font-serif text-[2.25rem] leading-tight font-semibold text-balance outline-none placeholder:text-faint max-sm:text-2xl"
      />
      {error !== undefined && (
        <p id="title-error" className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

/** The sentence or two that lists show. Enter goes on to the text here, too; Shift makes it a new line. */
export function ExcerptField({ value, error, readOnly, onChange }: TextProps) {
  return (
    <div className="mt-3 mb-8">
      <textarea
        rows={1}
        aria-label={texts.writing.excerpt}
        aria-invalid={error !== undefined}
        placeholder={texts.writing.excerptHint}
        value={value}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) goToText(event);
        }}
        className="field-sizing-content w-full resize-none bg-transparent font-serif text-lg text-soft italic outline-none placeholder:text-faint"
      />
      {error !== undefined && <p className="text-sm text-danger">{error}</p>}
    </div>
  );
}
