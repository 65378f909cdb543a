const number = new Intl.NumberFormat('en');
/** "1 article", "2 articles" */
const count = (value: number, one: string, other = `${one}s`) => `${number.format(value)} ${value === 1 ? one : other}`;

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
/** A day such as `2026-11-27`, which is no instant. */
const date = (day: string) => DAY.format(new Date(`${day}T12:00`));

interface Place {
  place: number;
  of: number;
  /** Absent: the top of the tree. */
  parent: string | undefined;
}

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

  articles: {
    title: 'Articles',
    new: 'New article',
    search: 'Search articles',
    total: (articles: number) => count(articles, 'article'),
    statusViews: 'Status',
    views: { all: 'All', draft: 'Drafts', scheduled: 'Scheduled', published: 'Published', trashed: 'Trash' },
    statuses: { draft: 'Draft', scheduled: 'Scheduled', published: 'Published', trashed: 'In the trash' },
    columns: {
      title: 'Title',
      status: 'Status',
      categories: 'Categories',
      authors: 'Authors',
      publishedAt: 'Published',
      updatedAt: 'Changed',
      actions: 'Actions',
    },
    view: 'Order and columns',
    sortBy: 'Order',
    sorts: {
      relevance: 'Best match first',
      '-updatedAt': 'Last changed first',
      updatedAt: 'First changed first',
      '-publishedAt': 'Newest first',
      publishedAt: 'Oldest first',
      title: 'Title, A to Z',
      '-title': 'Title, Z to A',
    },
    filters: { categories: 'Categories', authors: 'Author', published: 'Published' },
    categoryFilters: { any: 'In any of', all: 'In all of', none: 'In none of' },
    below: 'And in the categories below them',
    uncategorised: 'none',
    onlyUncategorised: 'Only articles without a category',
    someOf: ([first, ...others]: readonly string[]) =>
      first === undefined ? '' : others.length === 0 ? first : `${first} +${others.length}`,
    from: 'From',
    to: 'To',
    days: (from?: string, to?: string) =>
      [from && `from ${date(from)}`, to && `to ${date(to)}`].filter(Boolean).join(' '),
    clearFilters: 'Clear filters',
    retry: 'Try again',
    none: 'No articles yet',
    noneHint: 'What you write appears here.',
    noMatch: 'Nothing matches',
    noMatchHint: 'No article has these words and fits these filters.',
    emptyTrash: 'The trash is empty',
    emptyTrashHint: 'Articles in the trash stay until you delete them for good.',
    actionsOf: (title: string) => `Actions for “${title}”`,
    trash: 'Move to the trash',
    trashed: (title: string) => `“${title}” is in the trash`,
    trashFailed: 'The article was not moved to the trash',
    restore: 'Restore',
    restored: (title: string) => `“${title}” is back`,
    restoreFailed: 'The article was not restored',
    deleteForGood: 'Delete for good',
    deleteForGoodTitle: (title: string) => `Delete “${title}” for good?`,
    deleteForGoodWarning: (categories: number) =>
      `The text, its history and ${categories === 0 ? 'its previews' : `its links to ${count(categories, 'category', 'categories')}`} are removed. This cannot be undone.`,
    deleted: (title: string) => `“${title}” is deleted for good`,
    deleteFailed: 'The article was not deleted',
  },

  categories: {
    total: (categories: number) => count(categories, 'category', 'categories'),
    add: 'New category',
    addAction: 'Add',
    addBelow: 'Add below',
    addBelowTitle: (name: string) => `New category below ${name}`,
    added: (name: string) => `${name} was added`,
    search: 'Find a category',
    found: (categories: number) => `${count(categories, 'category', 'categories')} found`,
    name: 'Name',
    slug: 'Slug',
    description: 'Description',
    here: 'Articles',
    withBelow: 'With below',
    number: (value: number) => number.format(value),
    row: (name: string, here: number, below: number) =>
      `${name}, ${count(here, 'article')}${below === here ? '' : `, ${number.format(below)} with the categories below`}`,
    counts: (here: number, below: number) =>
      below === here
        ? count(here, 'published article')
        : `${count(here, 'published article')}, ${number.format(below)} with the categories below`,
    choose: 'Choose a category to see and change it.',
    none: 'No categories yet',
    noneHint: 'Articles are filed under categories. Make the first one.',
    path: 'Path',
    keys: { open: 'opens', move: 'moves' },
    moveHint: 'Press M to move the category by keyboard.',
    moveKeys: 'Arrow up and arrow down change the place, Enter drops, Escape cancels.',
    wouldBe: (name: string, { place, of, parent }: Place) =>
      `${name}: place ${place} of ${of} ${parent === undefined ? 'at the top' : `in ${parent}`}.`,
    place: (name: string, { place, of, parent }: Place) =>
      `${name} is now ${place} of ${of} ${parent === undefined ? 'at the top' : `in ${parent}`}`,
    moveUp: 'Move up',
    moveDown: 'Move down',
    moveTo: 'Move below another…',
    moveTitle: (name: string) => `Move ${name}`,
    moveAction: 'Move',
    newParent: 'Below',
    toTheTop: 'To the top of the tree',
    insideItself: 'A category cannot move into itself or below it.',
    moveFailed: 'The category was not moved',
    changedMeanwhile: 'Somebody changed it meanwhile. The tree is up to date now; try again.',
    actionsOf: (name: string) => `Actions for ${name}`,
    save: 'Save',
    saved: (name: string) => `${name} is saved`,
    delete: 'Delete',
    deleteTitle: (name: string) => `Delete ${name}?`,
    counting: 'Counting its articles…',
    linksGo: (articles: number) =>
      articles === 0
        ? 'No article is filed under it.'
        : `${count(articles, 'article')} ${articles === 1 ? 'loses' : 'lose'} this category, and stay${articles === 1 ? 's' : ''} in ${articles === 1 ? 'its' : 'their'} others.`,
    childrenMove: (categories: number, parent?: string) =>
      `${count(categories, 'category', 'categories')} below it ${categories === 1 ? 'moves' : 'move'} up ${parent === undefined ? 'to the top of the tree' : `to ${parent}`}.`,
    deleted: (name: string) => `${name} is deleted`,
    deleteFailed: 'The category was not deleted',
    articles: 'Articles',
    allArticles: 'All in the list of articles',
    noArticles: 'No published article is filed under it.',
  },

  pickers: {
    remove: (name: string) => `Remove ${name}`,
    findCategory: 'Find a category',
    noCategory: 'No category has this name',
    findAuthor: 'Find an author',
    noAuthor: 'No author has this name',
    articles: (articles: number) => number.format(articles),
  },

  screens: { categories: 'Categories' },

  shell: {
    site: 'Rubric',
    windowTitle: (title: string) => `${title} · Rubric`,
    skip: 'Skip to the content',
  },
};
