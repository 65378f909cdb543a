import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { texts } from '../texts/texts.ts';
import { buttonClass, IconButton } from './button.tsx';
import { useCatchFocus } from './catch-focus.ts';
import { classNames } from './class-names.ts';

const manager = Toast.createToastManager();

/** Long enough to read and to reach by keyboard (F6 goes to the toasts); a pointer or the focus on it stops the clock. */
const TIMEOUT_MS = 8_000;

interface Message {
  title: string;
  detail?: string;
  /** Takes it back. Offer it wherever the API can. */
  undo?: () => void;
}

/** Says in a corner what has happened, once, to the eye and to a screen reader. */
export const toast = {
  done: ({ title, detail, undo }: Message) => {
    const id = manager.add({
      title,
      description: detail,
      timeout: TIMEOUT_MS,
      ...(undo && {
        actionProps: {
          children: texts.design.undo,
          onClick: () => {
            manager.close(id);
            undo();
          },
        },
      }),
    });
  },
  /** Something failed. It stays until it is closed. */
  failed: ({ title, detail }: Omit<Message, 'undo'>) =>
    manager.add({ title, description: detail, type: 'failed', priority: 'high', timeout: 0 }),
};

/** Where toasts appear. Once, around the site. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-[calc(100vw-2rem)] max-w-96 flex-col gap-2 outline-none">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((each) => <OneToast key={each.id} toast={each} />);
}

function OneToast({ toast: each }: { toast: ReturnType<typeof Toast.useToastManager>['toasts'][number] }) {
  useCatchFocus(true);
  return (
    <Toast.Root
      toast={each}
      swipeDirection="right"
      className={classNames(
        'rounded-lg bg-sheet shadow-pop inset-ring transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
        each.type === 'failed' ? 'inset-ring-danger' : 'inset-ring-line',
      )}
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 text-sm">
          <Toast.Title className={classNames('font-medium', each.type === 'failed' && 'text-danger')} />
          <Toast.Description className="text-soft" />
        </div>
        <Toast.Action className={buttonClass('plain', 'sm')} />
        <Toast.Close render={<IconButton icon="close" label={texts.design.close} size="sm" />} />
      </Toast.Content>
    </Toast.Root>
  );
}
