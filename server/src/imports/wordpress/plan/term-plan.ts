import { MAX } from '../../../database/schema/field-limits.ts';
import type { TermKind } from '../report/kinds.ts';
import { type PlannedAddress, planBaseAddress } from './addresses.ts';
import { digestParts } from './digest.ts';
import type { ExportIndex, IndexedTerm } from './export-index.ts';
import { TAGS_PARENT_KEY, termKey } from './external-keys.ts';
import { planSlug, requiredField, truncateField, warnIfSlugChanged } from './field-values.ts';
import { Warnings } from './warnings.ts';

/** The parts of a category or tag, in the order of its digest. The slug is not a part because it is the key. */
export const TERM_PARTS = ['name', 'description', 'parent', 'address'] as const;

/** The category that a category or tag of the file becomes, as far as the file alone determines it. */
export interface PlannedTerm {
  key: string;
  /** Null for the parent category of the tags, which is not in the file. */
  kind: TermKind | null;
  line: number;
  /** A term that only posts mention has nothing but a name, so it never updates a row. */
  isDeclared: boolean;
  name: string;
  slug: string;
  /** As in the file. */
  slugInFile: string | null;
  description: string | null;
  /** The key of the parent, which an earlier file can have declared. */
  parent: string | null;
  addresses: PlannedAddress[];
  digest: Buffer;
  warnings: Warnings;
}

/**
 * Returns the categories of a file level by level, parents before children and otherwise in file order, then the parent
 * category of the tags, then the tags.
 */
export function planTerms(exportIndex: ExportIndex, importTags: boolean): PlannedTerm[][] {
  const categories = new Map<string, PlannedTerm>();
  const tags: PlannedTerm[] = [];
  for (const term of exportIndex.terms.values()) {
    if (term.kind === 'categories')
      categories.set(term.key, planTerm(term, parentKeyOf(term, exportIndex), exportIndex));
    else if (importTags) tags.push(planTerm(term, TAGS_PARENT_KEY, exportIndex));
  }
  breakCycles(categories);
  return [...levelsOf(categories), ...(tags.length > 0 ? [[planTagsParent()], tags] : [])];
}

function planTerm(term: IndexedTerm, parent: string | null, exportIndex: ExportIndex): PlannedTerm {
  const { key, kind, line, isDeclared } = term;
  const warnings = new Warnings();
  if (!isDeclared) warnings.add('used by posts but not declared in the file', term.name);
  if (kind === 'tags' && term.parent !== null)
    warnings.add('the parent was ignored: tags are imported as a flat list', term.parent);
  const name = requiredField(term.name, MAX.name, 'name', term.slug ?? '', warnings);
  const slug = planSlug(term.slug, name, termSlugFallback(kind));
  warnIfSlugChanged(term.slug, slug, warnings);
  const description = truncateField(term.description, MAX.description, 'description', warnings) || null;
  const addressSlugs = addressSlugsOf(term, exportIndex);
  const base = kind === 'tags' ? 'tag' : 'category';
  const addresses = addressSlugs ? [planBaseAddress(exportIndex.site, base, addressSlugs, line)] : [];
  const digest = digestParts({
    name: term.name,
    description: term.description,
    parent: kind === 'tags' ? undefined : term.parent,
    address: addressSlugs,
  });
  return {
    key,
    kind,
    line,
    isDeclared,
    name,
    slug,
    slugInFile: term.slug,
    description,
    parent,
    addresses,
    digest,
    warnings,
  };
}

/**
 * The slugs in the address of a term: those of its ancestors, and its own, in lower case like all of WordPress. Null for a term
 * that has only a name.
 */
function addressSlugsOf(term: IndexedTerm, exportIndex: ExportIndex): string[] | null {
  if (term.slug === null) return null;
  const slugs = [term.slug];
  const visited = new Set<IndexedTerm>([term]);
  for (let current: IndexedTerm | undefined = term; current?.kind === 'categories' && current.parent !== null; ) {
    const parent: IndexedTerm | undefined = exportIndex.terms.get(exportIndex.findParentKey(current.parent) ?? '');
    if (parent && visited.has(parent)) break;
    slugs.unshift(parent?.slug ?? current.parent);
    if (parent) visited.add(parent);
    current = parent;
  }
  return slugs.map((slug) => slug.toLowerCase());
}

/** Returns the slug of a term without a letter or digit in its slug and name. */
export function termSlugFallback(kind: TermKind | null): string {
  return kind === 'tags' ? 'tag' : 'category';
}

/** Returns a key even if the file does not declare the parent: an earlier file of the same site can have declared it. */
function parentKeyOf(term: IndexedTerm, exportIndex: ExportIndex): string | null {
  if (term.parent === null) return null;
  return exportIndex.findParentKey(term.parent) ?? termKey('categories', term.parent, '');
}

function planTagsParent(): PlannedTerm {
  const row = { name: 'Tags', slug: 'tags', slugInFile: null, description: null, parent: null, addresses: [] };
  const digest = digestParts({});
  return { ...row, key: TAGS_PARENT_KEY, kind: null, line: 0, isDeclared: false, digest, warnings: new Warnings() };
}

/** Moves the first category of each cycle to the top level. */
function breakCycles(categories: Map<string, PlannedTerm>): void {
  const visited = new Set<string>();
  for (const start of categories.values()) {
    const path = new Set<string>();
    let current: PlannedTerm | undefined = start;
    while (current && !visited.has(current.key) && !path.has(current.key)) {
      path.add(current.key);
      current = categories.get(current.parent ?? '');
    }
    if (current && path.has(current.key)) {
      const cycle = [...path].slice([...path].indexOf(current.key)).toSorted((a, b) => lineOf(a) - lineOf(b));
      const root = categories.get(cycle[0] ?? '') ?? current;
      root.warnings.add('its ancestors form a cycle; imported at the top level', root.name);
      root.parent = null;
    }
    for (const key of path) visited.add(key);
  }

  function lineOf(key: string): number {
    return categories.get(key)?.line ?? 0;
  }
}

function levelsOf(categories: Map<string, PlannedTerm>): PlannedTerm[][] {
  const children = Map.groupBy(categories.values(), ({ parent }) => (categories.has(parent ?? '') ? parent : null));
  const levels: PlannedTerm[][] = [];
  for (let level = children.get(null) ?? []; level.length > 0; ) {
    levels.push(level);
    level = level.flatMap(({ key }) => children.get(key) ?? []);
  }
  return levels;
}
