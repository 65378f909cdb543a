import type { texts } from '../texts/texts.ts';

/** What a person can do by name in the palette: the texts have its title. */
export type CommandId = keyof typeof texts.commands;

/**
 * The shortcuts of the site; the page of shortcuts shows all of them. None is a letter alone: somebody who dictates would
 * trigger it (WCAG 2.1.4). `Mod` is ⌘ on a Mac, else Ctrl. Not those that browsers keep to themselves, such as Mod+N.
 */
export const SHORTCUTS: Partial<Record<CommandId, string>> = {
  palette: 'Mod+K',
  shortcuts: 'Mod+/',
  'writing.publish': 'Mod+Alt+P',
  'writing.preview': 'Mod+Alt+V',
  'writing.history': 'Mod+Alt+H',
};
