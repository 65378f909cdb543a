import { expect, test } from 'vitest';
import { isShortcut } from '../src/commands/is-shortcut.ts';
import { SHORTCUTS } from '../src/commands/shortcuts.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent;

test('A shortcut is its key with exactly its modifiers', () => {
  expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K')).toBe(true);
  expect(isShortcut(press('K', { ctrlKey: true }), 'Mod+K')).toBe(true);
  expect(isShortcut(press('k'), 'Mod+K')).toBe(false);
  expect(isShortcut(press('k', { ctrlKey: true, altKey: true }), 'Mod+K')).toBe(false);
  expect(isShortcut(press('k', { ctrlKey: true, shiftKey: true }), 'Mod+K')).toBe(false);
  expect(isShortcut(press('k', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+K')).toBe(true);
  expect(isShortcut(press('k', { ctrlKey: true }), undefined)).toBe(false);
});

test('A sign that a keyboard types with Shift is the same sign', () => {
  expect(isShortcut(press('/', { ctrlKey: true, shiftKey: true }), 'Mod+/')).toBe(true);
});

test('No shortcut is a character alone, which speech input would trigger, and no two are the same', () => {
  const all = Object.values(SHORTCUTS);
  expect(all.length).toBeGreaterThan(1);
  for (const shortcut of all) expect(shortcut).toMatch(/^(Mod|Alt)\+/);
  expect(new Set(all).size).toBe(all.length);
});
