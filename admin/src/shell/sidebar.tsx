import { Link } from '@tanstack/react-router';
import { SHORTCUTS } from '../commands/shortcuts.ts';
import { Icon } from '../design/icon.tsx';
import { Keys } from '../design/keys.tsx';
import { Mark } from '../design/mark.tsx';
import { texts } from '../texts/texts.ts';
import { AccountMenu } from './account-menu.tsx';
import { useNavigation } from './use-navigation.ts';

/** Red is where you are: a mark in the margin, as a rubricator would. */
const linkClass =
  'relative flex min-h-8 items-center gap-2.5 rounded-md px-2 text-sm text-soft no-underline hover:bg-wash hover:text-ink ' +
  'aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:before:absolute ' +
  'aria-[current=page]:before:inset-y-1.5 aria-[current=page]:before:-left-3 aria-[current=page]:before:w-[3px] ' +
  'aria-[current=page]:before:rounded-r-sm aria-[current=page]:before:bg-rubric';

/** Search, the screens, and the person: at the side of a wide window, in a drawer of a narrow one. */
export function Sidebar({ onSearch, onNavigate }: { onSearch: () => void; onNavigate?: () => void }) {
  const groups = useNavigation();
  return (
    <div className="flex h-full flex-col gap-5 px-3 pt-5 pb-3">
      <Link to="/" className="px-2 no-underline" {...(onNavigate && { onClick: onNavigate })}>
        <Mark />
      </Link>
      <button
        type="button"
        onClick={onSearch}
        className="flex min-h-9 items-center gap-2 rounded-md bg-sheet px-2 text-sm text-soft inset-ring inset-ring-line hover:inset-ring-edge"
      >
        <Icon name="search" className="size-4.5" />
        <span className="flex-1 text-left">{texts.shell.search}</span>
        <Keys shortcut={SHORTCUTS.palette ?? ''} />
      </button>
      <nav aria-label={texts.shell.navigation} className="-mx-3 flex flex-1 flex-col gap-5 overflow-y-auto px-3 py-0.5">
        {groups.map(({ name, screens }) => (
          <div key={name}>
            <h2 className="px-2 pb-1 text-xs text-faint">{texts.shell.groups[name]}</h2>
            <ul>
              {screens.map((screen) => (
                <li key={screen.name}>
                  <Link to={screen.to} {...(onNavigate && { onClick: onNavigate })} className={linkClass}>
                    <Icon name={screen.icon} className="size-4.5" />
                    {texts.screens[screen.name]}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <AccountMenu />
    </div>
  );
}
