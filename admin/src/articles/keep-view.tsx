import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { Popover } from '../design/popover.tsx';
import { texts } from '../texts/texts.ts';

const MAX_NAME = 60;

/** Keeps the filter under a name. */
export function KeepView({ onKeep }: { onKeep: (name: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <Popover
      label={texts.articles.keepView}
      open={isOpen}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <Button look="quiet" size="sm" icon="add">
          {texts.articles.keepView}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          onKeep(name.trim());
          setOpen(false);
          setName('');
        }}
      >
        <TextField
          label={texts.articles.viewName}
          hint={texts.articles.viewHint}
          value={name}
          maxLength={MAX_NAME}
          autoComplete="off"
          onChange={setName}
        />
        <DialogActions>
          <Button type="submit" look="primary" size="sm">
            {texts.articles.keep}
          </Button>
        </DialogActions>
      </form>
    </Popover>
  );
}
