/** The columns beside the title, which is always there. Their texts are in the catalogue. */
export const COLUMNS = ['status', 'categories', 'authors', 'publishedAt', 'updatedAt'] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** Where each is in a row, from the width of the table on. Below that, a row is a list of what fits into its second line. */
export const COLUMN_CLASSES: Record<ColumnName | 'title' | 'actions', string> = {
  title: 'min-w-0 basis-full pr-8 @3xl:flex-1 @3xl:basis-0 @3xl:pr-0',
  status: 'shrink-0 @3xl:w-24',
  categories: 'min-w-0 flex-1 @3xl:w-52 @3xl:flex-none',
  authors: 'hidden w-36 shrink-0 @5xl:block',
  publishedAt: 'hidden w-32 shrink-0 @5xl:block',
  updatedAt: 'shrink-0 @3xl:w-32',
  actions: 'absolute top-1 right-1 @3xl:static @3xl:-mr-2 @3xl:w-8 @3xl:shrink-0',
};
