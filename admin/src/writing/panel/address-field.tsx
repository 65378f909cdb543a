import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { texts } from '../../texts/texts.ts';
import { slugOf } from './slug.ts';

interface AddressFieldProps {
  readOnly: boolean;
  slug: string;
  title: string;
  error: string | undefined;
  /** The address at which readers find the article now. */
  live: string | null;
  onChange: (slug: string) => void;
}

/** The last part of the address. Says what becomes of the old one. */
export function AddressField({ readOnly, slug, title, error, live, onChange }: AddressFieldProps) {
  const fromTitle = slugOf(title);
  const isOther = live !== null && slug !== live && slug !== '';
  return (
    <div>
      <TextField
        label={texts.writing.slug}
        value={slug}
        readOnly={readOnly}
        placeholder={texts.writing.slugHint}
        spellCheck={false}
        error={error}
        hint={isOther ? texts.writing.slugMoves(live) : undefined}
        onChange={(value) => onChange(value.trim())}
      />
      {!readOnly && fromTitle !== '' && slug !== '' && fromTitle !== slug && (
        <Button look="quiet" size="sm" className="mt-1 -ml-2" onClick={() => onChange(fromTitle)}>
          {texts.writing.slugFromTitle}
        </Button>
      )}
    </div>
  );
}
