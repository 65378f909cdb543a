/** A file of its own: the frame takes no styles in the page. */
const styles = new URL('./reader.css', import.meta.url).pathname;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

interface Page {
  title: string;
  excerpt: string | null;
  /** The server's HTML: safe to show. */
  html: string;
  theme: string | undefined;
}

/** A page with an article as a reader sees it. */
export const readerPage = ({ title, excerpt, html, theme }: Page): string =>
  `<!doctype html><html lang="en"${theme ? ` data-theme="${escape(theme)}"` : ''}><head><meta charset="utf-8">` +
  `<title>${escape(title)}</title><link rel="stylesheet" href="${escape(styles)}"></head><body><article>` +
  `<h1>${escape(title)}</h1>${excerpt ? `<p class="excerpt">${escape(excerpt)}</p>` : ''}${html}</article></body></html>`;
