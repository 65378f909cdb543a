import { z } from 'zod';
import { countOut } from '../../http/wire.schema.ts';
import type { RenderedField } from './rendered-fields.ts';

/** The fields that a read of one article adds when `fields` asks for them. */
export const renderedShape = {
  html: z.string().meta({
    description:
      'Only with `fields`: the content as HTML that is safe to show. Markdown is CommonMark with tables, strikethrough, ' +
      'footnotes and ids of headings. Scripts, event handlers, styles, forms, frames and URLs such as `javascript:` are ' +
      'left out, and ids begin with `user-content-`.',
  }),
  wordCount: countOut.meta({
    description: 'Only with `fields`: the number of words in the content, without markup.',
  }),
  readingMinutes: countOut.meta({
    description:
      'Only with `fields`: the reading time in minutes, at 220 words per minute; at least 1, or 0 without words.',
  }),
} satisfies Record<RenderedField, z.ZodType>;
