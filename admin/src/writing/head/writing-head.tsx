import { memo, Suspense, useState } from 'react';
import { useScope } from '../../api/account.ts';
import type { Permission } from '../../api/permissions.ts';
import { reaches } from '../../api/reaches.ts';
import { useCommand } from '../../commands/commands.tsx';
import { Button, IconButton } from '../../design/button.tsx';
import { lazyComponent } from '../../design/lazy-component.ts';
import { Menu, MenuItem } from '../../design/menu.tsx';
import { useLoadLater } from '../../routing/use-load-later.ts';
import { texts } from '../../texts/texts.ts';
import { StatusBadge } from '../publish/status-badge.tsx';
import type { Opened } from '../saving/server.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { BackLink } from './back-link.tsx';
import { SaveStatus } from './save-status.tsx';
import { useTrashArticle } from './use-trash-article.ts';

const HistoryDialog = lazyComponent(async () => (await import('../history/history-dialog.tsx')).default);
const PreviewDialog = lazyComponent(async () => (await import('../preview/preview-dialog.tsx')).default);
const ShareDialog = lazyComponent(async () => (await import('../preview/share-dialog.tsx')).default);
const DiscardDialog = lazyComponent(async () => (await import('../publish/discard-dialog.tsx')).default);
const PublishDialog = lazyComponent(async () => (await import('../publish/publish-dialog.tsx')).default);

const DIALOGS = [PublishDialog, PreviewDialog, HistoryDialog, ShareDialog, DiscardDialog];
/** They may be needed just when the server cannot be reached, or has another version by then. */
const loadDialogs = () => Promise.all(DIALOGS.map(({ load }) => load()));

type Open = 'date' | 'preview' | 'history' | 'share' | 'publish' | 'discard' | null;

/** What is on top of the text: its state, and what can be done with the whole. */
export const WritingHead = memo(function Head({ writer, onDetails }: { writer: Writer; onDetails: () => void }) {
  const { opened } = writer;
  const phase = useWriterState(writer, (state) => state.phase);
  const target = useWriterState(writer, (state) => state.stored.target);
  const [open, setOpen] = useState<Open>(null);
  const mayPublish = useMay('articles.publish', opened);
  const mayShare = useMay('articles.preview', opened);
  // Contributors are not told which live articles are theirs.
  const mayReadDraft = useMay('articles.readWorkingDrafts', opened);
  const canRead = useScope('articles.readWorkingDrafts') === undefined || mayReadDraft;
  const isLive = opened?.article.status === 'published';
  const hasDraft = target.kind === 'draft' && target.exists;
  const canDiscard = useMay('articles.writeWorkingDrafts', opened) && hasDraft;
  const canChangeDate = mayPublish && opened !== null && opened.article.publishedAt !== null;
  const canTrash = useMay('articles.write', opened) && opened !== null;
  const trash = useTrashArticle(writer);
  const close = () => setOpen(null);
  useLoadLater(loadDialogs);
  const canPublish = mayPublish && (!isLive || hasDraft || phase !== 'saved');
  useCommand('writing.publish', () => setOpen('publish'), { enabled: canPublish });
  useCommand('writing.preview', () => setOpen('preview'), { enabled: opened !== null });
  useCommand('writing.history', () => setOpen('history'), { enabled: opened !== null && canRead });
  useCommand('writing.trash', () => void trash(), { enabled: canTrash });
  return (
    <header className="z-20 border-b border-line bg-paper lg:sticky lg:top-0">
      <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 sm:px-5">
        <BackLink />
        <StatusBadge opened={opened} hasDraft={hasDraft} />
        <SaveStatus writer={writer} />
        <div className="ml-auto flex flex-wrap items-center sm:gap-1.5">
          {/* First, so that the buttons after it stay under the pointer when it appears. */}
          {canPublish && (
            <Button
              look="primary"
              disabled={target.kind === 'new' && phase === 'saved'}
              onClick={() => setOpen('publish')}
            >
              {isLive
                ? texts.writing.publishChange
                : opened?.article.status === 'scheduled'
                  ? texts.writing.reschedule
                  : texts.writing.publish}
            </Button>
          )}
          {opened && <IconButton icon="eye" label={texts.writing.preview} onClick={() => setOpen('preview')} />}
          {opened && canRead && (
            <IconButton icon="history" label={texts.writing.history} onClick={() => setOpen('history')} />
          )}
          <IconButton icon="info" label={texts.writing.details} className="lg:hidden" onClick={onDetails} />
          {opened && (mayShare || canChangeDate || canDiscard || canTrash) && (
            <Menu trigger={<IconButton icon="more" label={texts.writing.more} />}>
              {mayShare && (
                <MenuItem icon="link" onSelect={() => setOpen('share')}>
                  {texts.writing.share}
                </MenuItem>
              )}
              {canChangeDate && (
                <MenuItem icon="back" onSelect={() => setOpen('date')}>
                  {texts.writing.changeDate}
                </MenuItem>
              )}
              {canDiscard && (
                <MenuItem icon="trash" danger onSelect={() => setOpen('discard')}>
                  {texts.writing.discard}
                </MenuItem>
              )}
              {canTrash && (
                <MenuItem icon="trash" onSelect={() => void trash()}>
                  {texts.articles.trash}
                </MenuItem>
              )}
            </Menu>
          )}
        </div>
      </div>
      <Suspense>
        {(open === 'publish' || open === 'date') && (
          <PublishDialog writer={writer} isDate={open === 'date'} onClose={close} />
        )}
        {open === 'discard' && <DiscardDialog writer={writer} onClose={close} />}
        {open === 'preview' && opened && <PreviewDialog writer={writer} id={opened.article.id} onClose={close} />}
        {open === 'history' && opened && <HistoryDialog writer={writer} article={opened.article} onClose={close} />}
        {open === 'share' && opened && <ShareDialog id={opened.article.id} onClose={close} />}
      </Suspense>
    </header>
  );
});

function useMay(permission: Permission, opened: Opened | null): boolean {
  const scope = useScope(permission);
  return opened ? reaches(scope, opened.article) : scope !== undefined;
}
