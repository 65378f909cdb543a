import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { type ReactNode, useState } from 'react';
import { useCommands } from '../commands/commands.tsx';
import { SHORTCUTS } from '../commands/shortcuts.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { Keys } from '../design/keys.tsx';
import { texts } from '../texts/texts.ts';
import { useNavigation } from './use-navigation.ts';

const groupClass =
  '**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pt-3 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-faint';

/** Goes to any screen, article, category or person, and does anything that can be done now. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const commands = useCommands();
  const screens = useNavigation().flatMap((group) => group.screens);
  const choose = (action: () => void) => {
    onClose();
    action();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup className="fixed inset-x-3 top-[8vh] z-40 mx-auto max-w-xl overflow-hidden rounded-lg bg-sheet shadow-pop inset-ring inset-ring-line outline-none">
          <Dialog.Title className="sr-only">{texts.commands.palette}</Dialog.Title>
          <Command label={texts.commands.palette} loop>
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
              <Command.Empty className="px-3 py-6 text-center text-soft">{texts.shell.paletteEmpty}</Command.Empty>
              <Command.Group heading={texts.shell.paletteGroups.screens} className={groupClass}>
                {screens.map(({ name, icon, to }) => (
                  <Entry
                    key={name}
                    value={texts.screens[name]}
                    icon={icon}
                    onSelect={() => choose(() => void navigate({ to }))}
                  >
                    {texts.screens[name]}
                  </Entry>
                ))}
              </Command.Group>
              <Command.Group heading={texts.shell.paletteGroups.commands} className={groupClass}>
                {commands
                  .filter(({ id }) => id !== 'palette')
                  .map(({ id, run }) => (
                    <Entry
                      key={id}
                      value={texts.commands[id]}
                      icon="command"
                      shortcut={SHORTCUTS[id]}
                      onSelect={() => choose(run)}
                    >
                      {texts.commands[id]}
                    </Entry>
                  ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

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
      {detail !== undefined && <span className="ml-2 text-soft">{detail}</span>}
    </span>
    {shortcut !== undefined && <Keys shortcut={shortcut} />}
  </Command.Item>
);
