/** The screen where an article is written. */
export const ARTICLE: string = '/articles/$id';
export const NEW_ARTICLE: string = '/articles/new';
