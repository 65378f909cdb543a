import { MOD_KEY } from '../design/keys.tsx';

/** Returns whether a key press is this shortcut, such as `Mod+Shift+K`. */
export function isShortcut(event: KeyboardEvent, shortcut: string | undefined): boolean {
  if (shortcut === undefined) return false;
  const keys = shortcut.split('+');
  const key = keys.pop()?.toLowerCase();
  const wanted = { Mod: keys.includes('Mod'), Shift: keys.includes('Shift'), Alt: keys.includes('Alt') };
  return (
    event.key.toLowerCase() === key &&
    event[MOD_KEY] === wanted.Mod &&
    event.altKey === wanted.Alt &&
    // Some keyboards need Shift for a sign such as `/`.
    (event.shiftKey === wanted.Shift || !/^[a-z]$/.test(key))
  );
}
