import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useTitle } from '../design/page.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { texts } from '../texts/texts.ts';
import { WritingHead } from './head/writing-head.tsx';
import { WritingNotices } from './head/writing-notices.tsx';
import { Panel } from './panel/panel.tsx';
import type { Fields } from './saving/fields.ts';
import type { Left } from './saving/kept.ts';
import type { Opened } from './saving/server.ts';
import { ExcerptField, TitleField } from './title-fields.tsx';
import { useReadOnly } from './use-read-only.ts';
import { useWriterState, useWriting } from './use-writing.ts';

const loadConflictPage = () => import('./conflict/conflict-page.tsx');
const ConflictPage = lazy(loadConflictPage);
const TextEditor = lazy(() => import('./editor/text-editor.tsx'));

interface WritingProps {
  opened: Opened | null;
  left: Left | undefined;
  onCreated: (id: number) => void;
}

/** An article and everything that is done to it by its writer. */
export function Writing({ opened: initial, left, onCreated }: WritingProps) {
  const writer = useWriting(initial, left, onCreated);
  const { autosave } = writer;
  // Not all of it, which every key changes: before React draws anything it walks through the whole text with the focus in
  // it, to keep the selection. That took 3 of 26 ms in a text of 200 kB.
  const target = useWriterState(writer, ({ stored }) => stored.target);
  const generation = useWriterState(writer, (state) => state.generation);
  const conflictAt = useWriterState(writer, ({ conflict }) => conflict?.theirs.at);
  const title = useWriterState(writer, ({ mine }) => mine.title);
  const format = useWriterState(writer, ({ mine }) => mine.contentFormat);
  const isEmpty = useWriterState(writer, ({ mine }) => mine.content === '');
  const titleError = useWriterState(writer, ({ refused }) => refused.title);
  const excerpt = useWriterState(writer, ({ mine }) => mine.excerpt);
  const excerptError = useWriterState(writer, ({ refused }) => refused.excerpt);
  const [isPanelOpen, setPanelOpen] = useState(false);
  useTitle(title.trim() || texts.writing.newArticle);
  useEffect(() => {
    // It may be needed just when the server cannot be reached.
    void loadConflictPage();
  }, []);
  const readOnly = useReadOnly(target, writer.opened?.article);
  const isNew = target.kind === 'new';
  const changeFormat = (contentFormat: Fields['contentFormat']) => autosave.type({ contentFormat });
  const changeText = useCallback((content: string) => autosave.type({ content }), [autosave]);
  const openPanel = useCallback(() => setPanelOpen(true), []);
  const panel = <Panel readOnly={readOnly} writer={writer} />;

  if (conflictAt !== undefined) {
    return (
      <Suspense>
        <ConflictPage key={conflictAt} writer={writer} />
      </Suspense>
    );
  }
  return (
    <div className="min-h-dvh bg-paper">
      <WritingHead writer={writer} onDetails={openPanel} />
      <div className="mx-auto flex max-w-6xl gap-12 px-4 sm:px-8">
        <div className="min-w-0 flex-1 pt-8 lg:pt-12">
          <div className="mx-auto max-w-[42rem]">
            {readOnly && <Notice className="mb-6">{texts.writing.readOnly}</Notice>}
            <WritingNotices writer={writer} left={left} />
            <TitleField
              readOnly={readOnly}
              value={title}
              error={titleError}
              isNew={isNew}
              // The address is made of the first title, so it is saved when it is whole.
              onChange={(next) => autosave.type({ title: next }, isNew && isEmpty)}
              onLeave={() => isNew && autosave.retry()}
            />
            <ExcerptField
              readOnly={readOnly}
              value={excerpt}
              error={excerptError}
              onChange={(next) => autosave.type({ excerpt: next })}
            />
            <Suspense fallback={<Skeleton lines={6} className="mt-10" />}>
              <TextEditor
                key={`${generation} ${format}`}
                readOnly={readOnly}
                text={autosave.getState().mine.content}
                format={format}
                onChange={changeText}
                {...(isEmpty && { onFormat: changeFormat })}
              />
            </Suspense>
          </div>
        </div>
        <aside aria-label={texts.writing.details} className="hidden w-72 shrink-0 pt-12 pb-24 lg:block">
          {!isPanelOpen && panel}
        </aside>
      </div>
      <Dialog open={isPanelOpen} title={texts.writing.details} onClose={() => setPanelOpen(false)}>
        {panel}
      </Dialog>
    </div>
  );
}
