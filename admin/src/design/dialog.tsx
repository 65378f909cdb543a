import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { texts } from '../texts/texts.ts';
import { Button, IconButton } from './button.tsx';
import { useCatchFocus } from './catch-focus.ts';
import { classNames } from './class-names.ts';

const backdropClass =
  'fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0';
const sheetClass =
  'relative flex max-h-full w-full flex-col rounded-lg bg-sheet shadow-pop inset-ring inset-ring-line outline-none ' +
  'transition-[opacity,translate] duration-150 ease-out data-starting-style:translate-y-2 data-starting-style:opacity-0 data-ending-style:opacity-0';
const viewportClass = 'fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-3 sm:pt-[12vh]';
const WIDTHS = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-4xl' } as const;

interface DialogProps {
  open: boolean;
  /** Absent: the dialog has no close button and does not close by Escape or a click beside it. */
  onClose?: () => void;
  title: string;
  description?: ReactNode;
  width?: keyof typeof WIDTHS;
  /** What gets the focus afterwards, where what had it before is not there any more. */
  finalFocus?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}

/** Something to do before going on. Give it a `<DialogActions>` at the end. */
export function Dialog({ open, onClose, title, description, width = 'sm', finalFocus, children }: DialogProps) {
  useCatchFocus(open);
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose?.()} disablePointerDismissal={!onClose}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropClass} />
        <BaseDialog.Viewport className={viewportClass}>
          <BaseDialog.Popup finalFocus={finalFocus} className={classNames(sheetClass, WIDTHS[width])}>
            <header className="pt-4 pr-14 pl-5">
              <BaseDialog.Title className="font-serif text-lg">{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className="mt-1 text-sm text-soft">{description}</BaseDialog.Description>
              )}
            </header>
            <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">{children}</div>
            {/* Last, so that the focus goes to what the dialog asks for. */}
            {onClose && (
              <IconButton
                icon="close"
                label={texts.design.close}
                className="absolute top-3 right-3"
                onClick={onClose}
              />
            )}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The buttons at the end of a dialog, the one that does it last. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>
);

interface ConfirmProps {
  open: boolean;
  title: string;
  /** What will happen, with numbers. */
  children: ReactNode;
  /** The verb on the button, such as "Delete". */
  action: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone. What can be undone is done, and a toast offers to undo it. */
export function Confirm({ open, title, children, action, danger, busy, onConfirm, onClose }: ConfirmProps) {
  useCatchFocus(open);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Viewport className={viewportClass}>
          <AlertDialog.Popup className={classNames(sheetClass, WIDTHS.sm, 'p-5')}>
            <AlertDialog.Title className="font-serif text-lg">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="mt-2 text-soft">
              {children}
            </AlertDialog.Description>
            <DialogActions>
              <Button onClick={onClose}>{texts.design.cancel}</Button>
              <Button look={danger ? 'danger' : 'primary'} busy={busy ?? false} onClick={onConfirm}>
                {action}
              </Button>
            </DialogActions>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
