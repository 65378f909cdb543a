import { MAX } from '../../../database/schema/field-limits.ts';
import { slugify } from '../../../slugs/slug.ts';
import { Notes } from '../report/warnings.ts';
import { digestOf } from './digest.ts';
import type { Survey, SurveyedTerm } from './export-index.ts';
import type { TermKind } from './external-keys.ts';
import { TAGS_KEY, termKey } from './external-keys.ts';

/** Of what a file says of a category or tag, in the order of its digest. Its slug is what it is known by. */
export const TERM_PARTS = ['name', 'description', 'parent'] as const;

/** A category or tag as Rubric would have it, as far as the file alone can tell. */
export interface PlannedTerm {
  key: string;
  /** Null for the category above the tags, which is in no file. */
  kind: TermKind | null;
  line: number;
  /** Of what articles only mention nothing but the name is known: it never changes a row. */
  declared: boolean;
  name: string;
  slug: string;
  description: string | null;
  /** The key of the parent, which an earlier file may have declared. */
  parent: string | null;
  digest: Buffer;
  notes: Notes;
}

/**
 * The categories of a file, parents before children and in the file's order otherwise, and its tags below their parent.
 *
 * @param withTags whether tags become categories
 */
export function planTerms(survey: Survey, withTags: boolean): PlannedTerm[][] {
  const categories = new Map<string, PlannedTerm>();
  const tags: PlannedTerm[] = [];
  for (const term of survey.terms.values()) {
    if (term.kind === 'categories') categories.set(term.key, planTerm(term, parentOf(term, survey)));
    else if (withTags) tags.push(planTerm(term, TAGS_KEY));
  }
  breakCycles(categories);
  return [...levelsOf(categories), ...(tags.length > 0 ? [[tagsParent()], tags] : [])];
}

function planTerm(term: SurveyedTerm, parent: string | null): PlannedTerm {
  const { key, kind, line, declared } = term;
  const notes = new Notes();
  if (!declared) notes.add('declared nowhere, only named by articles', term.name);
  if (kind === 'tags' && term.parent !== null)
    notes.add('the tag has a parent, and Rubric keeps tags flat', term.parent);
  const name = notes.filled(term.name, MAX.name, 'the name', term.slug ?? '');
  const slug = slugify((term.slug ?? name).slice(0, 2 * MAX.slug), kind === 'tags' ? 'tag' : 'category');
  notes.slug(term.slug, slug);
  const description = notes.fitted(term.description, MAX.description, 'the description') || null;
  const said = { name: term.name, description: term.description, parent: kind === 'tags' ? undefined : term.parent };
  return { key, kind, line, declared, name, slug, description, parent, digest: digestOf(said), notes };
}

/** A parent that the file does not declare may be known from an earlier file of the same site. */
function parentOf(term: SurveyedTerm, survey: Survey): string | null {
  if (term.parent === null) return null;
  return survey.parentOf(term.parent) ?? termKey('categories', term.parent, '');
}

function tagsParent(): PlannedTerm {
  const row = { name: 'Tags', slug: 'tags', description: null, parent: null };
  return { ...row, key: TAGS_KEY, kind: null, line: 0, declared: false, digest: digestOf({}), notes: new Notes() };
}

/** Puts at the top the first of the categories that are above one another in a circle. */
function breakCycles(categories: Map<string, PlannedTerm>): void {
  const settled = new Set<string>();
  for (const start of categories.values()) {
    const way = new Set<string>();
    let at: PlannedTerm | undefined = start;
    while (at && !settled.has(at.key) && !way.has(at.key)) {
      way.add(at.key);
      at = categories.get(at.parent ?? '');
    }
    if (at && way.has(at.key)) {
      const circle = [...way].slice([...way].indexOf(at.key)).toSorted((a, b) => lineOf(a) - lineOf(b));
      const top = categories.get(circle[0] ?? '') ?? at;
      top.notes.add('its parents form a circle; it is at the top', top.name);
      top.parent = null;
    }
    for (const key of way) settled.add(key);
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
