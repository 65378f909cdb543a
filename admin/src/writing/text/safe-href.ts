/** An address that can be shown and followed; `#` for what would run. */
export const safeHref = (href: string): string =>
  // Browsers leave out control characters and blanks before they look at the scheme.
  // oxlint-disable-next-line no-control-regex
  /^(?:javascript|vbscript|data(?!:image\/(?:png|gif|jpe?g|webp|avif);)):/i.test(href.replace(/[\u0000-\u0020]/g, ''))
    ? '#'
    : href;
