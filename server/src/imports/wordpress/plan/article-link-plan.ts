import { linkKind, type TermLinkKind, termKind } from '../report/kinds.ts';
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
  for (const { line, taxonomy, slug, name } of item.terms) {
    const term = termKind(taxonomy);
    const kind = linkKind(taxonomy);
    if (term === null || kind === 'otherLinks') {
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
