import { Badge } from '../../design/badge.tsx';
import { formatMoment, formatTime } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';
import type { Opened } from '../saving/server.ts';

/** What readers see of the article: "Live, changed since 10:42", when what they see was published. */
export function StatusBadge({ opened, hasDraft }: { opened: Opened | null; hasDraft: boolean }) {
  const { state } = texts.writing;
  if (!opened) return <Badge>{state.new}</Badge>;
  const { status, publishedAt, updatedAt } = opened.article;
  if (status === 'published') {
    if (!hasDraft) return <Badge tone="live">{state.live}</Badge>;
    return <Badge tone="due">{state.changed(formatMoment(new Date(updatedAt)))}</Badge>;
  }
  if (status === 'scheduled')
    return <Badge tone="due">{state.scheduled(formatTime(new Date(publishedAt ?? 0)))}</Badge>;
  return <Badge>{status === 'trashed' ? state.trashed : state.draft}</Badge>;
}
