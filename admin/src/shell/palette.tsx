import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { type ReactNode, useState } from 'react';
import { useScope } from '../api/account.ts';
import { failureText } from '../api/failure.ts';
import { useCommands } from '../commands/commands.tsx';
import { SHORTCUTS } from '../commands/shortcuts.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { Keys } from '../design/keys.tsx';
import { texts } from '../texts/texts.ts';
import { foundQuery } from './found.queries.ts';
import { includesWords } from './includes-words.ts';
import { useNavigation } from './use-navigation.ts';
import { useSettled } from './use-settled.ts';

/** Typing goes on meanwhile: one search for a word, not one for each of its letters. */
const PAUSE_MS = 120;

/** Goes to any screen, article, category or author, and does anything that can be done now. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup className="fixed inset-x-3 top-[8vh] z-40 mx-auto max-w-xl overflow-hidden rounded-lg bg-sheet shadow-pop inset-ring inset-ring-line outline-none">
          <Dialog.Title className="sr-only">{texts.commands.palette}</Dialog.Title>
          {/* Filtered here and by the API: cmdk would put what comes last, and matches best, under the finger. */}
          <Command label={texts.commands.palette} loop shouldFilter={false}>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Icon name="search" className="text-soft" />
              <Command.Input
                autoFocus
                value={typed}
                onValueChange={setTyped}
                placeholder={texts.shell.palettePlaceholder}
                className="min-h-12 min-w-0 flex-1 bg-transparent outline-none"
              />
            </div>
            <Command.List className="max-h-[min(26rem,60vh)] overflow-y-auto p-1.5">
              <Entries words={typed.trim()} onClose={onClose} />
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What can be gone to and done, at once; below it what the API finds, so that its arrival moves nothing. */
function Entries({ words, onClose }: { words: string; onClose: () => void }) {
  const navigate = useNavigate();
  const commands = useCommands();
  const screens = useNavigation().flatMap((group) => group.screens);
  const settled = useSettled(words, PAUSE_MS);
  const found = useQuery(foundQuery(settled, useScope('articles.readUnpublished')));
  // Never rows of earlier words: Enter would go to one of them.
  const groups = settled === words ? found.data : undefined;
  const isWaiting = words.length > 1 && groups === undefined;
  const choose = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <>
      <Command.Empty className="px-3 py-6 text-center text-soft">
        {found.error ? failureText(found.error) : isWaiting ? texts.shell.paletteSearching : texts.shell.paletteEmpty}
      </Command.Empty>
      <Group heading={texts.shell.paletteGroups.screens}>
        {screens
          .filter(({ name }) => includesWords(texts.screens[name], words))
          .map(({ name, icon, to }) => (
            <Entry key={name} value={`screen ${name}`} icon={icon} onSelect={choose(() => void navigate({ to }))}>
              {texts.screens[name]}
            </Entry>
          ))}
      </Group>
      <Group heading={texts.shell.paletteGroups.commands}>
        {commands
          .filter(({ id }) => id !== 'palette' && includesWords(texts.commands[id], words))
          .map(({ id, run }) => (
            <Entry key={id} value={`command ${id}`} icon="command" shortcut={SHORTCUTS[id]} onSelect={choose(run)}>
              {texts.commands[id]}
            </Entry>
          ))}
      </Group>
      {groups?.map(({ name, icon, rows }) => (
        <Group key={name} heading={texts.shell.paletteGroups[name]}>
          {rows.map(({ id, title, detail, link }) => (
            <Entry
              key={id}
              value={`${name} ${id}`}
              icon={icon}
              detail={detail}
              onSelect={choose(() => void navigate(link))}
            >
              {title}
            </Entry>
          ))}
        </Group>
      ))}
    </>
  );
}

const groupClass =
  '**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pt-3 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-faint';

/** A heading and its entries; nothing if there are none. */
const Group = ({ heading, children }: { heading: string; children: readonly ReactNode[] }) =>
  children.length > 0 && (
    <Command.Group heading={heading} className={groupClass}>
      {children}
    </Command.Group>
  );

interface EntryProps {
  value: string;
  icon: IconName;
  detail?: string | undefined;
  shortcut?: string | undefined;
  onSelect: () => void;
  children: ReactNode;
}

const Entry = ({ value, icon, detail, shortcut, onSelect, children }: EntryProps) => (
  <Command.Item
    value={value}
    onSelect={onSelect}
    className="flex min-h-9 items-center gap-2.5 rounded-md px-3 py-1 text-sm data-[selected=true]:bg-wash"
  >
    <Icon name={icon} className="size-4.5 text-soft" />
    <span className="min-w-0 flex-1 truncate">
      {children}
      {detail !== undefined && <span className="ml-1 text-soft"> {detail}</span>}
    </span>
    {shortcut !== undefined && <Keys shortcut={shortcut} />}
  </Command.Item>
);
