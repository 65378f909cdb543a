const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Record<string, string> = isMac
  ? { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }
  : { Mod: 'Ctrl', Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** Shows a shortcut such as `Mod+Shift+K` as the keys of this keyboard. */
export const Keys = ({ shortcut }: { shortcut: string }) => (
  <span className="inline-flex gap-0.5">
    {shortcut.split('+').map((key) => (
      <kbd key={key} className="rounded-sm bg-wash px-1.5 font-sans text-xs text-soft inset-ring inset-ring-line">
        {NAMES[key] ?? key}
      </kbd>
    ))}
  </span>
);

/** The key that `Mod` stands for, as `KeyboardEvent` names it. */
export const MOD_KEY = isMac ? 'metaKey' : 'ctrlKey';
