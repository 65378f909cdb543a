import { type TermLinkKind, termKind } from '../report/kinds.ts';
import { abbreviate } from '../report/truncate.ts';
import type { WxrItem } from '../wxr/wxr-records.ts';
import type { ExportIndex, Skipped } from './export-index.ts';

export interface PlannedLink {
  kind: TermLinkKind;
  /** The key of the category or tag. */
  key: string;
  line: number;
}

/** Returns the links of a post to categories and tags in file order, and the links that are not imported. */
export function planLinks(item: WxrItem, exportIndex: ExportIndex): { links: PlannedLink[]; skipped: Skipped[] } {
  const links = new Map<string, PlannedLink>();
  const skipped: Skipped[] = [];
  for (const itemTerm of item.terms) {
    const { line, taxonomy, slug, name } = itemTerm;
    if (exportIndex.authors.isCoAuthor(itemTerm)) continue;
    const term = termKind(taxonomy);
    const kind = exportIndex.linkKindOf(itemTerm);
    if (term === null || kind === 'otherLinks' || kind === 'authorLinks') {
      const reason = `Rubric has no equivalent of the taxonomy ${abbreviate(taxonomy)}`;
      skipped.push({ kind, line, reason, detail: abbreviate(name) });
      continue;
    }
    const key = exportIndex.termKeyOf(term, { slug, name });
    const first = links.get(key);
    if (first) {
      const detail = `${abbreviate(name)}, first on line ${first.line}`;
      skipped.push({ kind, line, reason: 'duplicate link', detail });
    } else links.set(key, { kind, key, line });
  }
  return { links: [...links.values()], skipped };
}

/**
 * Returns the keys of the authors of a post in order, and the author links that are not imported. Co-authors replace the
 * creator, who can be an editor: WordPress shows only the co-authors.
 */
export function planAuthors(item: WxrItem, exportIndex: ExportIndex): { authors: string[]; skipped: Skipped[] } {
  const authors = new Set<string>();
  const skipped: Skipped[] = [];
  for (const term of item.terms.filter((each) => exportIndex.authors.isCoAuthor(each))) {
    const key = exportIndex.authors.findCoAuthorKey(term);
    const detail = abbreviate(term.name);
    if (key === null || authors.has(key))
      skipped.push({ kind: 'authorLinks', line: term.line, reason: 'duplicate link', detail });
    else authors.add(key);
  }
  const creator = item.creator === '' ? null : exportIndex.authors.findKey(item.creator);
  if (creator !== null && authors.size === 0) authors.add(creator);
  else if (creator !== null) {
    const reason = authors.has(creator) ? 'also a co-author' : 'its post has co-authors instead';
    skipped.push({ kind: 'authorLinks', line: item.line, reason, detail: abbreviate(item.creator) });
  }
  return { authors: [...authors], skipped };
}
