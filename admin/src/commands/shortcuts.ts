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

/** The shortcuts of the commands of the text, while it has the focus. */
export const TEXT_SHORTCUTS = {
  strong: 'Mod+B',
  em: 'Mod+I',
  inlineCode: 'Mod+E',
  strike: 'Mod+Shift+X',
  paragraph: 'Mod+Alt+0',
  heading2: 'Mod+Alt+2',
  heading3: 'Mod+Alt+3',
  heading4: 'Mod+Alt+4',
  orderedList: 'Mod+Shift+7',
  bulletList: 'Mod+Shift+8',
  quote: 'Mod+Shift+9',
} as const;

/** Keys that mean something in one place only, for the page of shortcuts: that place has them. */
export const KEYS_OF_PLACES = {
  text: { link: 'Mod+K', indent: 'Mod+]', outdent: 'Mod+[', blocks: '/' },
  list: { search: '/', newArticle: 'C' },
  tree: { open: 'Enter', move: 'M' },
} as const;
