const number = new Intl.NumberFormat('en');
/** "1 article", "2 articles" */
const count = (value: number, one: string, other = `${one}s`) => `${number.format(value)} ${value === 1 ? one : other}`;

/**
 * Every text of the site, in English. Texts with values are functions, so that a language can order and count as it does.
 * A second language is a second file of this shape. Each folder of the site has its own section, named like it.
 */
export const en = {
  language: 'en',

  /** What can be done by name in the palette. */
  commands: {
    palette: 'Search and commands',
    shortcuts: 'Keyboard shortcuts',
    'theme.light': 'Light theme',
    'theme.dark': 'Dark theme',
    'theme.system': 'Theme of the system',
    'sign-out': 'Sign out',
  },

  design: {
    cancel: 'Cancel',
    close: 'Close',
    justNow: 'just now',
    loading: 'Loading',
    selected: (rows: number) => `${count(rows, 'row')} selected`,
    undo: 'Undo',
  },

  forms: {
    offline: 'The server cannot be reached. Nothing was changed. Try again when you are connected.',
    unexpected: 'Something went wrong in this page. Reload it and try again.',
  },

  shell: {
    site: 'Rubric',
    windowTitle: (title: string) => `${title} · Rubric`,
    skip: 'Skip to the content',
  },
};
