import { isProblem } from '@rubric/client';
import type { Actions } from '../use-writing.ts';

/**
 * Publishes the working draft. Before a conflict is shown, the article is read: this tab may have read it long before the
 * change that the draft is in conflict with.
 */
export async function publishChange({ publishDraft, reload }: Actions, ...prefer: Parameters<Actions['publishDraft']>) {
  try {
    return await publishDraft(...prefer);
  } catch (error) {
    if (isProblem(error, 'draft_conflict')) await reload();
    throw error;
  }
}
