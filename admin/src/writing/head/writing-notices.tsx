import { Button } from '../../design/button.tsx';
import { ButtonLink } from '../../design/link.tsx';
import { Notice } from '../../design/notice.tsx';
import { formatTime } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';
import type { Left } from '../saving/kept.ts';
import { useWriterState, type Writer } from '../use-writing.ts';

/** The same each time: another one would draw this again with every key that is pressed. */
const NONE: [] = [];

/** What the writer has to know about the words on the screen. */
export function WritingNotices({ writer, left }: { writer: Writer; left: Left | undefined }) {
  const { autosave } = writer;
  const taken = useWriterState(writer, (state) => (state.taken.length > 0 ? state.taken : NONE));
  const refused = useWriterState(writer, (state) => (Object.keys(state.refused).length > 0 ? state.refused : NONE));
  const phase = useWriterState(writer, (state) => state.phase);
  const problems = Object.entries(refused).filter(
    ([name]) => name !== 'title' && name !== 'excerpt' && name !== 'slug',
  );
  return (
    <div className="flex flex-col gap-2 empty:hidden not-empty:mb-6">
      {left && <Notice role="status">{texts.writing.broughtBack(formatTime(new Date(left.kept.at)))}</Notice>}
      {taken.length > 0 && (
        <Notice role="status">{texts.writing.takenOver(taken.map((name) => texts.writing.fields[name]))}</Notice>
      )}
      {problems.map(([name, detail]) => (
        <Notice key={name} tone="danger" role="alert">
          {detail}
        </Notice>
      ))}
      {phase === 'unreachable' && (
        <Notice
          tone="due"
          actions={
            <Button size="sm" onClick={autosave.retry}>
              {texts.design.tryAgain}
            </Button>
          }
        >
          {autosave.isKept ? texts.writing.offline : texts.writing.offlineNotKept}
        </Notice>
      )}
      {phase === 'gone' && (
        <Notice
          tone="danger"
          role="alert"
          actions={
            <ButtonLink to="/articles" search={{ status: 'trashed' }} size="sm">
              {texts.writing.toTrash}
            </ButtonLink>
          }
        >
          {texts.writing.gone}
        </Notice>
      )}
    </div>
  );
}
