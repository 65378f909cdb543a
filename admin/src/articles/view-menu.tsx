import { IconButton } from '../design/button.tsx';
import { Menu, MenuCheck, MenuChoice, MenuGroup, MenuItem, MenuLine } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, type Sort, sortOf } from './article-search.ts';
import { COLUMNS, type ColumnName } from './columns.ts';
import type { View } from './use-views.ts';

interface ViewMenuProps {
  search: ArticleSearch;
  onSort: (sort: Sort) => void;
  hidden: readonly ColumnName[];
  onHide: (hidden: readonly ColumnName[]) => void;
  /** The view that is shown, if it has a name. */
  current: View | undefined;
  onForget: (view: View) => void;
}

/** How the list is looked at: its order and its columns. */
export function ViewMenu({ search, onSort, hidden, onHide, current, onForget }: ViewMenuProps) {
  return (
    <div className="order-1 flex sm:order-3 sm:ml-auto">
      <Menu trigger={<IconButton icon="filter" label={texts.articles.view} />}>
        <MenuChoice label={texts.articles.sortBy} value={sortOf(search)} options={sortsOf(search)} onChange={onSort} />
        <MenuLine />
        <MenuGroup label={texts.articles.shownColumns}>
          {COLUMNS.map((column) => (
            <MenuCheck
              key={column}
              checked={!hidden.includes(column)}
              onChange={(shown) => onHide(shown ? hidden.filter((each) => each !== column) : [...hidden, column])}
            >
              {texts.articles.columns[column]}
            </MenuCheck>
          ))}
        </MenuGroup>
        {current && (
          <>
            <MenuLine />
            <MenuItem icon="trash" onSelect={() => onForget(current)}>
              {texts.articles.forgetView(current.name)}
            </MenuItem>
          </>
        )}
      </Menu>
    </div>
  );
}

const sortsOf = ({ q }: ArticleSearch): { value: Sort; label: string }[] =>
  (Object.entries(texts.articles.sorts) as [Sort, string][])
    .filter(([value]) => q !== undefined || value !== 'relevance')
    .map(([value, label]) => ({ value, label }));
