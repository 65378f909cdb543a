import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useScope } from '../api/account.ts';
import { Button, IconButton } from '../design/button.tsx';
import { TextLink } from '../design/link.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { useTitle } from '../design/page.tsx';
import { texts } from '../texts/texts.ts';
import { AddCategory } from './add-category.tsx';
import { categoryQuery, treeQuery, useMove } from './categories.queries.ts';
import { CategoryArticles } from './category-articles.tsx';
import { CategoryForm } from './category-form.tsx';
import { ancestorsOf, nodeOf } from './category-tree.ts';
import { DeleteCategory } from './delete-category.tsx';
import { MoveDialog } from './move-dialog.tsx';

const route = getRouteApi('/signed-in/categories/$id');

/** One category: where it is, its fields, its articles. */
export function CategoryPanel() {
  const { data: category } = useSuspenseQuery(categoryQuery(route.useParams().id));
  const canWrite = useScope('categories.write') !== undefined;
  useTitle(category.name);
  return (
    <article
      aria-labelledby="category-name"
      className="min-w-0 rounded-lg bg-paper p-5 inset-ring inset-ring-line sm:p-6"
    >
      <nav aria-label={texts.categories.path} className="mb-1 flex flex-wrap gap-x-1.5 text-sm text-soft">
        <TextLink to="/categories" className="text-soft xl:hidden">
          {texts.screens.categories}
        </TextLink>
        {category.path.map(({ id, name }) => (
          <span
            key={id}
            className="before:mr-1.5 before:text-faint before:content-['›'] xl:first-of-type:before:hidden"
          >
            <Link to="/categories/$id" params={{ id: String(id) }} resetScroll={false} className="hover:text-ink">
              {name}
            </Link>
          </span>
        ))}
      </nav>
      <div className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2 id="category-name" className="font-serif text-xl wrap-break-word">
            {category.name}
          </h2>
          <p className="text-sm text-soft">
            {texts.categories.counts(category.articleCount, category.articleCountDeep)}
          </p>
        </div>
        {canWrite && <Actions category={category} />}
      </div>
      <CategoryForm key={`${category.id} ${category.version}`} category={category} canWrite={canWrite} />
      <CategoryArticles key={category.id} category={category} canWrite={canWrite} />
    </article>
  );
}

type Asking = 'add' | 'move' | 'delete' | undefined;

function Actions({ category }: { category: { id: number; name: string; version: number; parentId: number | null } }) {
  const { data: tree } = useSuspenseQuery(treeQuery);
  const [asking, setAsking] = useState<Asking>();
  const move = useMove();
  const id = String(category.id);
  const node = tree.get(id);
  if (!node) return null;
  const siblings = nodeOf(tree, node.parentId).children;
  const index = siblings.indexOf(id);
  const shift = (by: number) => move({ id, parentId: node.parentId, index: index + by }, tree);
  const close = () => setAsking(undefined);
  return (
    <div className="flex gap-2">
      <Button icon="add" onClick={() => setAsking('add')}>
        {texts.categories.addBelow}
      </Button>
      <Menu trigger={<IconButton icon="more" label={texts.categories.actionsOf(category.name)} />}>
        <MenuItem icon="up" disabled={index === 0} onSelect={() => shift(-1)}>
          {texts.categories.moveUp}
        </MenuItem>
        <MenuItem icon="down" disabled={index === siblings.length - 1} onSelect={() => shift(1)}>
          {texts.categories.moveDown}
        </MenuItem>
        <MenuItem icon="category" onSelect={() => setAsking('move')}>
          {texts.categories.moveTo}
        </MenuItem>
        <MenuLine />
        <MenuItem icon="trash" danger onSelect={() => setAsking('delete')}>
          {texts.categories.delete}
        </MenuItem>
      </Menu>
      {asking === 'add' && <AddCategory parent={category} onClose={close} />}
      {asking === 'move' && (
        <MoveDialog
          name={category.name}
          tree={tree}
          id={id}
          isPossible={(parentId) => parentId !== id && !ancestorsOf(tree, parentId).includes(id)}
          onMove={(parentId) =>
            move({ id, parentId, index: nodeOf(tree, parentId).children.filter((child) => child !== id).length }, tree)
          }
          onClose={close}
        />
      )}
      {asking === 'delete' && <DeleteCategory category={category} tree={tree} onClose={close} />}
    </div>
  );
}
