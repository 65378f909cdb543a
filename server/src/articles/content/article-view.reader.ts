import { Injectable } from '@nestjs/common';
import type { Requester } from '../../bounded-reads/requester.ts';
import { withTagParts } from '../../http/conditional-requests.ts';
import { pick } from '../../pagination/page.ts';
import { ContentRenderer } from './content-renderer.provider.ts';
import type { Content } from './render-content.ts';
import { isRendered, RENDERER_VERSION } from './rendered-fields.ts';
import { readingMinutesOf } from './words.ts';

/**
 * Selects the fields of a response with one article, draft, revision or preview, and renders the content if `fields` asks
 * for it.
 */
@Injectable()
export class ArticleView {
  constructor(private readonly renderer: ContentRenderer) {}

  /**
   * Returns exactly the fields in `fields`, including those that are derived from the content; without `fields`, the whole
   * row.
   *
   * @throws Problem `too_expensive`
   */
  async select<Row extends Content & { version: number }>(
    row: Row,
    fields: readonly string[] | undefined,
    requester: Requester,
  ) {
    if (fields === undefined) return row;
    const hasRendered = fields.some(isRendered);
    const selected = pick(hasRendered ? { ...row, ...(await this.render(row, requester)) } : row, fields);
    return withTagParts(selected, { version: row.version, renderer: hasRendered ? RENDERER_VERSION : undefined });
  }

  private async render({ content, contentFormat }: Content, requester: Requester) {
    const { html, wordCount } = await this.renderer.render({ content, contentFormat }, requester);
    return { html, wordCount, readingMinutes: readingMinutesOf(wordCount) };
  }
}
