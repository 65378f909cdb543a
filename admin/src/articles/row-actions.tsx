import type { ArticleListItem } from '@rubric/client';
import { useState } from 'react';
import { useScope } from '../api/account.ts';
import { reaches } from '../api/reaches.ts';
import { useTrash } from '../api/trash.ts';
import { buttonClass } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { Menu, MenuItem } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';
import { useDeleteForGood } from './articles.queries.ts';

/**
 * What can be done with an article from the list. Rows come and go as somebody scrolls, so what is behind the button is
 * made when it is pressed.
 */
export function RowActions({ article, isCurrent }: { article: ArticleListItem; isCurrent: boolean }) {
  const canWrite = reaches(useScope('articles.write'), article);
  const [isAsking, setAsking] = useState(false);
  if (!canWrite) return null;
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
        <Actions article={article} onDelete={() => setAsking(true)} />
      </Menu>
      {isAsking && <DeleteForGood article={article} onClose={() => setAsking(false)} />}
    </>
  );
}

function Actions({ article, onDelete }: { article: ArticleListItem; onDelete: () => void }) {
  const { trash, restore } = useTrash();
  if (article.status !== 'trashed')
    return (
      <MenuItem icon="trash" onSelect={() => trash(article)}>
        {texts.articles.trash}
      </MenuItem>
    );
  return (
    <>
      <MenuItem icon="history" onSelect={() => restore(article)}>
        {texts.articles.restore}
      </MenuItem>
      <MenuItem icon="trash" danger onSelect={onDelete}>
        {texts.articles.deleteForGood}
      </MenuItem>
    </>
  );
}

function DeleteForGood({ article, onClose }: { article: ArticleListItem; onClose: () => void }) {
  const { mutate, isPending } = useDeleteForGood();
  return (
    <Confirm
      open
      danger
      title={texts.articles.deleteForGoodTitle(article.title)}
      action={texts.articles.deleteForGood}
      busy={isPending}
      onConfirm={() => mutate(article, { onSettled: onClose })}
      onClose={onClose}
    >
      {texts.articles.deleteForGoodWarning(article.categories.length)}
    </Confirm>
  );
}
