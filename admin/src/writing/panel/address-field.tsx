import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { texts } from '../../texts/texts.ts';
import { isOfTitle, slugOf } from './slug.ts';

interface AddressFieldProps {
  readOnly: boolean;
  slug: string;
  title: string;
  error: string | undefined;
  /** The address at which readers find the article now. */
  live: string | null;
  onChange: (slug: string) => void;
}

/** The last part of the address, made of what is typed. Says what becomes of the old one. */
export function AddressField({ readOnly, slug, title, error, live, onChange }: AddressFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const fromTitle = slugOf(title);
  const isOther = live !== null && slug !== live && slug !== '';
  return (
    <div>
      <TextField
        label={texts.writing.slug}
        value={typed ?? slug}
        readOnly={readOnly}
        placeholder={texts.writing.slugHint}
        spellCheck={false}
        error={error}
        hint={isOther ? texts.writing.slugMoves(live) : undefined}
        onChange={(value) => {
          setTyped(value);
          // Of other scripts the server says what it thinks.
          onChange(slugOf(value) || value.trim());
        }}
        onBlur={() => setTyped(null)}
      />
      {!readOnly && fromTitle !== '' && slug !== '' && !isOfTitle(slug, title) && (
        <Button size="sm" className="mt-2" onClick={() => onChange(fromTitle)}>
          {texts.writing.slugFromTitle}
        </Button>
      )}
    </div>
  );
}
