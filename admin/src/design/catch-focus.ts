import { useEffect } from 'react';

/**
 * An element that is removed while it has the focus, such as a button in a deleted row, leaves the focus on the body. Moves
 * it to the start of the screen instead, as navigation does.
 */
function catchFocus() {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true });
  });
}

/** Keeps the focus on the screen after a dialog or a toast is closed. */
export function useCatchFocus(isOpen: boolean) {
  useEffect(() => (isOpen ? catchFocus : undefined), [isOpen]);
}
