import { useMemo, useState } from 'react';
import { classNames } from '../design/class-names.ts';
import { controlClass } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { Keys } from '../design/keys.tsx';
import { texts } from '../texts/texts.ts';
import { type CategoryTree, find } from './category-tree.ts';
import { TreeView } from './tree-view.tsx';

interface TreePaneProps {
  tree: CategoryTree;
  selected: string | undefined;
  canMove: boolean;
  onOpen: (id: string) => void;
}

/** The tree under its search, where Enter opens the first category that was found. */
export function TreePane({ tree, selected, canMove, onOpen }: TreePaneProps) {
  const [words, setWords] = useState('');
  const found = useMemo(() => find(tree, words), [tree, words]);
  return (
    <>
      <search className="relative block">
        <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-soft" />
        <input
          type="search"
          aria-label={texts.categories.search}
          placeholder={texts.categories.search}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && found?.first) onOpen(found.first);
          }}
          className={classNames(controlClass, 'h-9 pr-2.5 pl-9 text-base')}
        />
      </search>
      <p role="status" className="sr-only">
        {found && texts.categories.found(found.found)}
      </p>
      <div className="mt-3 flex px-3 pb-1 text-xs text-soft">
        <span className="flex-1">{found ? texts.categories.found(found.found) : texts.categories.name}</span>
        <span className="w-14 text-right">{texts.categories.here}</span>
        <span className="w-16 text-right">{texts.categories.withBelow}</span>
      </div>
      <TreeView
        tree={tree}
        shown={found?.shown}
        selected={selected}
        canMove={canMove && found === undefined}
        onOpen={onOpen}
      />
      {canMove && (
        <p id="tree-keys" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
          <span>
            <Keys shortcut="Enter" /> {texts.categories.keys.open}
          </span>
          <span>
            <Keys shortcut="M" /> {texts.categories.keys.move}
          </span>
        </p>
      )}
    </>
  );
}
