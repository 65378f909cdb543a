import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useScope } from '../api/account.ts';
import { failureText } from '../api/failure.ts';
import { Button } from '../design/button.tsx';
import { classNames } from '../design/class-names.ts';
import { EmptyState } from '../design/empty-state.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { texts } from '../texts/texts.ts';
import { AddCategory } from './add-category.tsx';
import { treeQuery } from './categories.queries.ts';
import type { CategoryTree } from './category-tree.ts';
import { TreePane } from './tree-pane.tsx';

/** The tree of categories, and the chosen one: beside it in a wide window, instead of it in a narrow one. */
export function CategoriesScreen() {
  const { data: tree, error } = useQuery(treeQuery);
  const { id } = useParams({ strict: false });
  const canWrite = useScope('categories.write') !== undefined;
  const [isAdding, setAdding] = useState(false);
  return (
    <Page
      title={texts.screens.categories}
      lead={tree ? texts.categories.total(tree.size - 1) : ' '}
      width="full"
      actions={
        canWrite && (
          <Button look="primary" icon="add" onClick={() => setAdding(true)}>
            {texts.categories.add}
          </Button>
        )
      }
    >
      {error && !tree && (
        <Notice tone="danger" role="alert">
          {failureText(error)}
        </Notice>
      )}
      {!tree && !error && <Skeleton lines={8} className="max-w-md" />}
      {tree && (
        <div className="items-start gap-8 xl:grid xl:grid-cols-[minmax(22rem,2fr)_3fr]">
          <div className={classNames('xl:sticky xl:top-6', id !== undefined && 'max-xl:hidden')}>
            <Tree tree={tree} selected={id} canWrite={canWrite} />
          </div>
          {id === undefined ? (
            <p className="hidden pt-14 text-center text-soft xl:block">{texts.categories.choose}</p>
          ) : (
            <Outlet />
          )}
        </div>
      )}
      {isAdding && <AddCategory parent={undefined} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Tree({ tree, selected, canWrite }: { tree: CategoryTree; selected: string | undefined; canWrite: boolean }) {
  const navigate = useNavigate();
  if (tree.size === 1) return <EmptyState title={texts.categories.none}>{texts.categories.noneHint}</EmptyState>;
  return (
    <TreePane
      tree={tree}
      selected={selected}
      canMove={canWrite}
      onOpen={(id) => void navigate({ to: '/categories/$id', params: { id }, resetScroll: false })}
    />
  );
}
