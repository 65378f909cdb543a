import { Dialog } from '@base-ui/react/dialog';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useScope } from '../api/account.ts';
import { useCommand } from '../commands/commands.tsx';
import { IconButton } from '../design/button.tsx';
import { lazyComponent } from '../design/lazy-component.ts';
import { Mark } from '../design/mark.tsx';
import { useLoadLater } from '../routing/use-load-later.ts';
import { texts } from '../texts/texts.ts';
import { Sidebar } from './sidebar.tsx';
import { useTheme } from './theme.ts';
import { useSignOut } from './use-sign-out.ts';

const Palette = lazyComponent(async () => (await import('./palette.tsx')).Palette);

/** What is around every screen. */
export function Shell() {
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const openPalette = () => {
    setDrawerOpen(false);
    setPaletteOpen(true);
  };
  useShellCommands(openPalette);
  useLoadLater(Palette.load);
  const main = useFocusAfterNavigation();
  return (
    <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-sheet focus:px-3 focus:py-2"
      >
        {texts.shell.skip}
      </a>
      <div className="sticky top-0 hidden h-dvh border-r border-line lg:block">
        <Sidebar onSearch={openPalette} />
      </div>
      <header className="sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-desk px-2 py-1.5 lg:hidden">
        <IconButton icon="menu" label={texts.shell.openNavigation} onClick={() => setDrawerOpen(true)} />
        <Mark className="flex-1" />
        <IconButton icon="search" label={texts.shell.search} onClick={openPalette} />
      </header>
      <main ref={main} id="content" tabIndex={-1} className="min-w-0 outline-none">
        <Outlet />
      </main>
      <Drawer open={isDrawerOpen} onClose={() => setDrawerOpen(false)} onSearch={openPalette} />
      <Suspense>{isPaletteOpen && <Palette onClose={() => setPaletteOpen(false)} />}</Suspense>
    </div>
  );
}

function Drawer({ open, onClose, onSearch }: { open: boolean; onClose: () => void; onSearch: () => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-veil" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-30 w-64 bg-desk shadow-pop outline-none transition-transform duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">{texts.shell.navigation}</Dialog.Title>
          <Sidebar onSearch={onSearch} onNavigate={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useShellCommands(openPalette: () => void) {
  const navigate = useNavigate();
  const { setTheme } = useTheme();
  const signOut = useSignOut();
  useCommand('palette', openPalette);
  useCommand('article.new', () => void navigate({ to: '/articles/$articleId', params: { articleId: 'new' } }), {
    enabled: useScope('articles.write') !== undefined,
  });
  useCommand('shortcuts', () => void navigate({ to: '/shortcuts' }));
  useCommand('theme.light', () => setTheme('light'));
  useCommand('theme.dark', () => setTheme('dark'));
  useCommand('theme.system', () => setTheme('system'));
  useCommand('sign-out', signOut);
}

/** Going to another screen moves the focus to its beginning, as a new page would. A filter in the URL is no new screen. */
function useFocusAfterNavigation() {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const rendered = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(pathname);
  const isMoving = useRef(false);
  useEffect(() => {
    if (before.current !== pathname) isMoving.current = true;
    before.current = pathname;
    if (!isMoving.current) return;
    isMoving.current = rendered !== pathname;
    // A new article gets its address while somebody writes in it: the focus is in the screen then, and stays. But what has it
    // can also be hidden by what was opened, as the tree of categories in a narrow window is.
    const focused = document.activeElement;
    const isInside = focused?.checkVisibility() === true && main.current?.contains(focused) === true;
    // A dialog that was opened before the screen was there keeps the focus; one that is closing does not.
    const isInDialog = focused?.closest('[role="dialog"][data-open]') != null;
    if (!isInside && !isInDialog) main.current?.focus({ preventScroll: true });
  }, [pathname, rendered]);
  return main;
}
