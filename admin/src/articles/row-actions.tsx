import type { ArticleListItem } from '@rubric/client';
import { useState } from 'react';
import { useScope } from '../api/account.ts';
import { buttonClass } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { Menu, MenuItem } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';
import { useDeleteForGood, useTrash } from './articles.queries.ts';

/** What can be done with an article from the list. */
export function RowActions({ article, isCurrent }: { article: ArticleListItem; isCurrent: boolean }) {
  const { trash, restore } = useTrash();
  const canWrite = useScope('articles.write') !== undefined;
  const [isAsking, setAsking] = useState(false);
  const remove = useDeleteForGood();
  if (!canWrite) return null;
  const isTrashed = article.status === 'trashed';
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            tabIndex={isCurrent ? 0 : -1}
            aria-label={texts.articles.actionsOf(article.title)}
            className={buttonClass('quiet', 'sm', 'size-8 px-0!')}
          >
            <Icon name="more" className="stroke-[2.2]" />
          </button>
        }
      >
        {isTrashed ? (
          <>
            <MenuItem icon="history" onSelect={() => restore(article)}>
              {texts.articles.restore}
            </MenuItem>
            <MenuItem icon="trash" danger onSelect={() => setAsking(true)}>
              {texts.articles.deleteForGood}
            </MenuItem>
          </>
        ) : (
          <MenuItem icon="trash" onSelect={() => trash(article)}>
            {texts.articles.trash}
          </MenuItem>
        )}
      </Menu>
      <Confirm
        open={isAsking}
        title={texts.articles.deleteForGoodTitle(article.title)}
        action={texts.articles.deleteForGood}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(article, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {texts.articles.deleteForGoodWarning(article.categories.length)}
      </Confirm>
    </>
  );
}
