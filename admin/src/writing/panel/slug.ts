const MAX = 200;

/** A title as an address; `''` for one without Latin letters, of which only the server makes one. */
export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX)
    .replace(/^-+|-+$/g, '')
    .replace(/^\d+$/, '');

/** Whether an address is that of the title already: the server adds a number where another article has it. */
export const isOfTitle = (slug: string, title: string): boolean =>
  slug === slugOf(title) || slug.replace(/-\d+$/, '') === slugOf(title);
