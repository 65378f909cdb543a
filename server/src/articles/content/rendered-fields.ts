/** The fields that are derived from the content when a read asks for them. */
export const RENDERED_FIELDS = ['html', 'wordCount', 'readingMinutes'] as const;
export type RenderedField = (typeof RENDERED_FIELDS)[number];

/** Part of the `ETag` of rendered fields. Change it with every change of the HTML; a test compares. */
export const RENDERER_VERSION = 'r1';

export const isRendered = (field: string): field is RenderedField =>
  (RENDERED_FIELDS as readonly string[]).includes(field);
