import { useEffect } from 'react';

/**
 * What had the focus may be gone, with its row or its message, and the focus falls to the page. It goes to the beginning of the
 * screen instead, as after going to another one.
 */
function catchFocus() {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true });
  });
}

/** Catches the focus when something over the page, that had it, is closed. */
export function useCatchFocus(isOpen: boolean) {
  useEffect(() => (isOpen ? catchFocus : undefined), [isOpen]);
}
