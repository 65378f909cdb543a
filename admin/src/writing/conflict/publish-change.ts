import { isProblem } from '@rubric/client';
import type { Actions, Writer } from '../use-writing.ts';

/**
 * Publishes the working draft. Before a conflict is shown, the article is read: this tab may have read it long before the
 * change that the draft is in conflict with.
 */
export async function publishChange({ autosave, actions }: Writer, ...prefer: Parameters<Actions['publishDraft']>) {
  try {
    return await actions.publishDraft(...prefer);
  } catch (error) {
    if (isProblem(error, 'draft_conflict')) await autosave.reload();
    throw error;
  }
}
