import { useMutation } from '@tanstack/react-query';
import { Confirm } from '../../design/dialog.tsx';
import { toast } from '../../design/toast.tsx';
import { texts } from '../../texts/texts.ts';
import type { Writer } from '../use-writing.ts';

/** Throws the working draft away, after asking. */
export default function DiscardDialog({ writer, onClose }: { writer: Writer; onClose: () => void }) {
  const discard = useMutation({
    mutationFn: writer.actions.discardDraft,
    meta: { failure: texts.writing.notDiscarded },
    onSuccess: (isDiscarded) => {
      if (isDiscarded) toast.done({ title: texts.writing.done.discarded });
      else toast.failed({ title: texts.writing.notDiscarded, detail: texts.writing.notSavedBefore });
      onClose();
    },
  });
  return (
    <Confirm
      open
      danger
      title={texts.writing.discard}
      action={texts.writing.discard}
      busy={discard.isPending}
      onConfirm={() => discard.mutate()}
      onClose={onClose}
    >
      {texts.writing.discardWhat}
    </Confirm>
  );
}
