/** The page that a browser gets for a path without a route. */
export interface NotFoundPage {
  notFound(): string;
}

/** The injection token of `NotFoundPage`. */
export const NOT_FOUND_PAGE = Symbol('NOT_FOUND_PAGE');

/** Returns whether the client is a browser that opens a page. Programs accept anything, or JSON. */
export const acceptsHtml = (accept: string | undefined): boolean => accept?.includes('text/html') ?? false;

export const HTML = 'text/html; charset=utf-8';
