import type { ArticleListItem } from '@rubric/client';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { buttonClass } from '../design/button.tsx';
import { classNames } from '../design/class-names.ts';
import { Icon } from '../design/icon.tsx';
import { Menu, MenuItem } from '../design/menu.tsx';
import { Time } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';
import { useRanks } from './ranks.queries.ts';
import { useReorder } from './use-reorder.ts';

interface OrderedArticlesProps {
  categoryId: number;
  articles: readonly ArticleListItem[];
  canOrder: boolean;
}

/** The articles of a category; where their order is made by hand, each can be moved. */
export function OrderedArticles({ categoryId, articles, canOrder }: OrderedArticlesProps) {
  const { place, release } = useRanks(categoryId);
  const { order, lifted, onKeyDown, dragProps } = useReorder({
    rows: articles,
    onDrop: (article, next) => place({ article, order: next }),
  });
  const [placed, setPlaced] = useState('');
  const toPlace = (article: ArticleListItem, index: number) => {
    place({ article, order: articles.filter((each) => each !== article).toSpliced(index, 0, article) });
    setPlaced(texts.categories.articlePlace(article.title, index + 1, articles.length));
  };
  return (
    <>
      <ol className="divide-y divide-line border-y border-line empty:hidden">
        {order.map((article, index) => (
          <li
            key={article.id}
            {...(canOrder && dragProps(article))}
            className={classNames('flex min-h-10 items-center gap-3 text-sm', article === lifted && 'bg-rubric-wash')}
          >
            {canOrder && (
              <button
                type="button"
                aria-label={texts.categories.moveArticle(article.title)}
                aria-describedby="order-keys"
                aria-pressed={article === lifted}
                onKeyDown={(event) => onKeyDown(event, article)}
                className={buttonClass('quiet', 'sm', 'size-7 cursor-grab px-0!')}
              >
                <Icon name="drag" className="stroke-[2.2]" />
              </button>
            )}
            <Link
              to="/articles/$articleId"
              params={{ articleId: String(article.id) }}
              draggable={false}
              title={article.title}
              className="min-w-0 flex-1 truncate no-underline hover:underline"
            >
              {article.title}
            </Link>
            <span className="text-soft max-sm:hidden">
              {article.publishedAt && <Time at={article.publishedAt} relative={false} />}
            </span>
            {canOrder && (
              <Menu
                trigger={
                  <button
                    type="button"
                    aria-label={texts.categories.placeOf(article.title)}
                    className={buttonClass('quiet', 'sm', 'size-7 px-0!')}
                  >
                    <Icon name="more" className="stroke-[2.2]" />
                  </button>
                }
              >
                <MenuItem icon="pin" onSelect={() => toPlace(article, 0)}>
                  {texts.categories.toFirst}
                </MenuItem>
                <MenuItem icon="up" disabled={index === 0} onSelect={() => toPlace(article, index - 1)}>
                  {texts.categories.moveUp}
                </MenuItem>
                <MenuItem
                  icon="down"
                  disabled={index === order.length - 1}
                  onSelect={() => toPlace(article, index + 1)}
                >
                  {texts.categories.moveDown}
                </MenuItem>
                <MenuItem icon="history" onSelect={() => release(article)}>
                  {texts.categories.byDate}
                </MenuItem>
              </Menu>
            )}
          </li>
        ))}
      </ol>
      {canOrder && (
        <>
          <p id="order-keys" className="sr-only">
            {texts.categories.orderKeys}
          </p>
          <p aria-live="assertive" className="sr-only">
            {lifted ? texts.categories.articlePlace(lifted.title, order.indexOf(lifted) + 1, order.length) : placed}
          </p>
        </>
      )}
    </>
  );
}
