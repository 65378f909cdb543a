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
  const { autosave, opened } = writer;
  const state = useWriterState(writer, (present) => present);
  const { mine, stored, generation } = state;
  const [isPanelOpen, setPanelOpen] = useState(false);
  useTitle(mine.title.trim() || texts.writing.newArticle);
  useEffect(() => {
    // It may be needed just when the server cannot be reached.
    void loadConflictPage();
  }, []);
  const readOnly = useReadOnly(stored.target, opened?.article);
  const isNew = stored.target.kind === 'new';
  const changeFormat = (contentFormat: Fields['contentFormat']) => autosave.type({ contentFormat });
  const changeText = useCallback((content: string) => autosave.type({ content }), [autosave]);
  const openPanel = useCallback(() => setPanelOpen(true), []);
  const panel = (
    <Panel readOnly={readOnly} mine={mine} refused={state.refused} opened={opened} onChange={autosave.type} />
  );

  if (state.conflict) {
    return (
      <Suspense>
        <ConflictPage key={state.conflict.theirs.at} state={state} opened={opened} onDecide={autosave.decide} />
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
              value={mine.title}
              error={state.refused.title}
              isNew={isNew}
              // The address is made of the first title, so it is saved when it is whole.
              onChange={(title) => autosave.type({ title }, isNew && mine.content === '')}
              onLeave={() => isNew && autosave.retry()}
            />
            <ExcerptField
              readOnly={readOnly}
              value={mine.excerpt}
              error={state.refused.excerpt}
              onChange={(excerpt) => autosave.type({ excerpt })}
            />
            <Suspense fallback={<Skeleton lines={6} className="mt-10" />}>
              <TextEditor
                key={`${generation} ${mine.contentFormat}`}
                readOnly={readOnly}
                text={mine.content}
                format={mine.contentFormat}
                onChange={changeText}
                {...(mine.content === '' && { onFormat: changeFormat })}
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
