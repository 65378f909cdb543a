import { useNavigate } from '@tanstack/react-router';
import { useAccount } from '../api/account.ts';
import { SHORTCUTS } from '../commands/shortcuts.ts';
import { Icon } from '../design/icon.tsx';
import { Keys } from '../design/keys.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';
import { THEMES, useTheme } from './theme.ts';
import { useSignOut } from './use-sign-out.ts';

/** What concerns the person: account, theme, shortcuts, sign-out. */
export function AccountMenu() {
  const account = useAccount();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-wash data-popup-open:bg-wash"
        >
          <span
            aria-hidden="true"
            className="flex size-8 shrink-0 items-center justify-center rounded-full bg-shade font-serif text-sm"
          >
            {initialsOf(account.name)}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{account.name}</span>
            <span className="block truncate text-xs text-soft">{texts.roles[account.role].name}</span>
          </span>
          <Icon name="up" className="size-4 text-soft" />
        </button>
      }
    >
      <MenuItem icon="person" onSelect={() => void navigate({ to: '/account' })}>
        {texts.screens.account}
      </MenuItem>
      <MenuItem
        icon="command"
        onSelect={() => void navigate({ to: '/shortcuts' })}
        end={<Keys shortcut={SHORTCUTS.shortcuts ?? ''} />}
      >
        {texts.screens.shortcuts}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={texts.shell.theme}
        value={theme}
        options={THEMES.map((value) => ({ value, label: texts.shell.themes[value] }))}
        onChange={setTheme}
      />
      <MenuLine />
      <MenuItem icon="external" onSelect={signOut}>
        {texts.shell.signOut}
      </MenuItem>
    </Menu>
  );
}

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .flatMap((word) => [...word].slice(0, 1))
    .filter((_, word, all) => word === 0 || word === all.length - 1)
    .join('')
    .toUpperCase();
