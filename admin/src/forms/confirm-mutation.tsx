import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Confirm } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';

interface ConfirmMutationProps {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What the button says. */
  action: string;
  danger?: boolean;
  /** What will happen is not known yet. */
  isWaiting?: boolean;
  run: () => Promise<unknown>;
  /** The kinds of rows that it changes: the first parts of the keys of queries. */
  invalidates: readonly string[];
  /** What a toast says after it, and after it has failed. */
  done: string;
  failure: string;
  onClose: () => void;
}

/** Asks, then writes, reads again what it has changed, and says so. */
export function ConfirmMutation({ run, invalidates, done, failure, isWaiting, ...question }: ConfirmMutationProps) {
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      await Promise.all(invalidates.map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })));
      toast.done({ title: done });
    },
    onSettled: question.onClose,
    meta: { failure },
  });
  return <Confirm {...question} open busy={isPending || (isWaiting ?? false)} onConfirm={mutate} />;
}
