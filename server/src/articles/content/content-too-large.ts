/** Thrown for a content whose HTML would be too long. */
export class ContentTooLarge extends Error {}

/** In characters. A content of 1 MiB of prose, with a link in each line, is rendered to less than 2 MiB. */
export const MAX_HTML = 8_388_608;
