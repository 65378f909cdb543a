import { parentPort } from 'node:worker_threads';
import { ContentTooLarge } from './content-too-large.ts';
import { type Content, type RenderedContent, renderContent } from './render-content.ts';

/** The message that the thread returns: `null` for a content that is too large. */
export type Rendering = RenderedContent | null;

parentPort?.on('message', (content: Content) => {
  parentPort?.postMessage(renderingOf(content));
});

function renderingOf(content: Content): Rendering {
  try {
    return renderContent(content);
  } catch (error) {
    if (error instanceof ContentTooLarge) return null;
    throw error;
  }
}
