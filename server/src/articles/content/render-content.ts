import type { CONTENT_FORMATS } from '../../database/schema/enums.ts';
import { ContentTooLarge, MAX_HTML } from './content-too-large.ts';
import { renderMarkdown } from './markdown.ts';
import { safeHtml } from './safe-html.ts';
import { countWords } from './words.ts';

export interface Content {
  content: string;
  contentFormat: (typeof CONTENT_FORMATS)[number];
}

export interface RenderedContent {
  html: string;
  wordCount: number;
}

/**
 * Renders a content. HTML in Markdown is sanitized like any other.
 *
 * @throws ContentTooLarge
 */
export function renderContent({ content, contentFormat }: Content): RenderedContent {
  const source = contentFormat === 'markdown' ? renderMarkdown(content) : content;
  if (source.length > MAX_HTML) throw new ContentTooLarge();
  const html = safeHtml(source);
  return { html, wordCount: countWords(html) };
}
