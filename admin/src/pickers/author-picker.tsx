import { Combobox } from '@base-ui/react/combobox';
import type { Author } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { bylinesQuery } from '../api/bylines.ts';
import { classNames } from '../design/class-names.ts';
import { controlClass } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { itemClass, popupClass } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';

/** Of the authors whose name matches. */
const MAX_SHOWN = 100;

interface AuthorPickerProps {
  label: string;
  ids: readonly number[];
  onChange: (ids: number[]) => void;
}

/** Chooses authors by name. */
export function AuthorPicker({ label, ids, onChange }: AuthorPickerProps) {
  const { data: authors = [] } = useQuery(bylinesQuery);
  const chosen = ids.flatMap((id) => authors.find((author) => author.id === id) ?? []);
  const id = useId();
  return (
    <Combobox.Root
      multiple
      items={authors}
      value={chosen}
      limit={MAX_SHOWN}
      isItemEqualToValue={(one: Author, other: Author) => one.id === other.id}
      itemToStringLabel={(author: Author) => author.name}
      onValueChange={(next: Author[]) => onChange(next.map((author) => author.id))}
      autoHighlight
    >
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Combobox.Chips
        className={classNames(controlClass, 'mt-1 flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1')}
      >
        {chosen.map((author) => (
          <Combobox.Chip
            key={author.id}
            className="flex max-w-full items-center gap-0.5 rounded-sm bg-wash pl-1.5 text-sm data-highlighted:bg-shade"
          >
            <span className="truncate">{author.name}</span>
            <Combobox.ChipRemove
              aria-label={texts.pickers.remove(author.name)}
              className="flex size-6 items-center justify-center rounded-sm text-soft hover:text-ink"
            >
              <Icon name="close" className="size-3.5" />
            </Combobox.ChipRemove>
          </Combobox.Chip>
        ))}
        <Combobox.Input
          id={id}
          placeholder={ids.length === 0 ? texts.pickers.findAuthor : ''}
          className="min-w-24 flex-1 bg-transparent px-1 py-0.5 text-sm outline-none"
        />
      </Combobox.Chips>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup className={classNames(popupClass, 'max-h-72 w-(--anchor-width) overflow-y-auto')}>
            <Combobox.Empty className="px-2 py-1.5 text-soft empty:hidden">{texts.pickers.noAuthor}</Combobox.Empty>
            <Combobox.List>
              {(author: Author) => (
                <Combobox.Item key={author.id} value={author} className={itemClass}>
                  <span className="min-w-0 flex-1 truncate">{author.name}</span>
                  <Combobox.ItemIndicator className="text-rubric">
                    <Icon name="check" className="size-4" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
