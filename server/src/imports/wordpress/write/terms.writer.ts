import type { Database } from '../../../database/database.ts';
import { MAX } from '../../../database/schema/field-limits.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import { fit } from '../html/plain-text.ts';
import { changedParts } from '../plan/digest.ts';
import type { PlannedTerm } from '../plan/term-plan.ts';
import { planTerms, TERM_PARTS } from '../plan/term-plan.ts';
import { changed } from '../report/warnings.ts';
import type { ImportRun } from './import-context.ts';
import { byKey, enterNotes, NO_TAGS } from './import-context.ts';
import type { NewCategory } from './insert-rows.queries.ts';
import { insertCategories } from './insert-rows.queries.ts';
import { insertAll } from './insert-with-retry.ts';
import { FreeSlugs } from './slug-allocator.ts';
import { findObstacles, listImportedCategories, updateCategory, updateDigest } from './update-rows.queries.ts';

type KnownCategory = Awaited<ReturnType<typeof listImportedCategories>>[number];
type Place = Pick<NewCategory, 'name' | 'slug' | 'parentId'>;

/**
 * Writes the categories of a file, and its tags as categories under one called Tags.
 *
 * A category that was deleted in Rubric is forgotten, and made again if the file still has it; articles that the file
 * says nothing new of do not return to it, because unfiling them was a decision made in Rubric.
 */
export class TermWriter {
  /** By their keys. */
  readonly ids = new Map<string, number>();
  /** How many categories were made that are in no file. */
  beyondTheFile = 0;
  readonly #db: Database;
  readonly #run: ImportRun;
  readonly #slugs: FreeSlugs;
  #known = new Map<string, KnownCategory>();

  constructor(db: Database, run: ImportRun) {
    this.#db = db;
    this.#run = run;
    this.#slugs = new FreeSlugs((stem) => listSlugsLike(db, 'categories', stem));
  }

  async write(): Promise<void> {
    const { survey, source, tags } = this.#run;
    const levels = planTerms(survey, tags);
    if (!tags) this.#skipTags();
    const keys = levels.flat().flatMap(({ key, parent }) => (parent === null ? [key] : [key, parent]));
    this.#known = byKey(await listImportedCategories(this.#db, source, [...new Set(keys)]));
    for (const { key, id } of this.#known.values()) this.ids.set(key, id);
    for (const level of levels) {
      await this.#create(level.filter((term) => !this.#known.has(term.key) && this.#isWanted(term, levels)));
      for (const term of level) {
        const row = this.#known.get(term.key);
        if (row && term.kind) await this.#settle(term, term.kind, row);
      }
    }
  }

  #skipTags(): void {
    for (const { kind, line, name } of this.#run.survey.terms.values()) {
      if (kind === 'tags') this.#run.ledger.skip('tags', line, NO_TAGS, name);
    }
  }

  /** The category above the tags is made for a new tag, and not for its own sake: somebody may have deleted it. */
  #isWanted(term: PlannedTerm, levels: PlannedTerm[][]): boolean {
    return term.kind !== null || levels.flat().some(({ kind, key }) => kind === 'tags' && !this.#known.has(key));
  }

  async #create(terms: PlannedTerm[]): Promise<void> {
    const plans = byKey(terms);
    const rows = terms.map((term): NewCategory => {
      const { key, name, slug, description } = term;
      return { key, name, slug, description, parentId: this.#parentOf(term), digest: term.digest.toString('hex') };
    });
    const inserted = await insertAll(
      rows,
      (some) => insertCategories(this.#db, this.#run.source, some),
      async (row) => ({ ...row, ...(await this.#freePlace(null, row, plans.get(row.key) ?? row)) }),
    );
    for (const { row, id } of inserted) {
      this.ids.set(row.key, id);
      const plan = plans.get(row.key);
      if (plan) this.#enter(plan, row);
    }
  }

  #parentOf({ parent, notes }: PlannedTerm): number | null {
    if (parent === null) return null;
    const id = this.ids.get(parent);
    if (id === undefined)
      notes.add('its parent is nowhere in the file; it is at the top', parent.replace(/^\w+:\w+:/, ''));
    return id ?? null;
  }

  #enter(term: PlannedTerm, row: Place): void {
    const { ledger, survey } = this.#run;
    if (term.kind === null) {
      this.beyondTheFile += 1;
      return ledger.note('file', survey.site.line, 'made a category for the tags', `${row.name}, slug ${row.slug}`);
    }
    if (row.slug !== term.slug) term.notes.add('the slug was taken', changed(term.slug, row.slug));
    if (row.name !== term.name) term.notes.add('a category beside it has its name', changed(term.name, row.name));
    ledger.add(term.kind, 'created');
    enterNotes(this.#run, term.kind, term);
  }

  /** Where nothing stands in the way: two categories with one name, as WordPress allows, both stay. */
  async #freePlace(id: number | null, asked: Place, { name, slug }: { name: string; slug: string }): Promise<Place> {
    const place = { name: asked.name, slug: asked.slug, parentId: asked.parentId };
    for (let attempt = 1; ; attempt += 1) {
      const { rows } = await findObstacles(this.#db, { id, ...place });
      const [obstacles] = rows;
      if (!obstacles?.slug && !obstacles?.name) return place;
      if (obstacles.slug) place.slug = await this.#slugs.take(slug);
      if (obstacles.name) place.name = withMark(name, attempt === 1 ? place.slug : `${place.slug} ${attempt}`);
    }
  }

  async #settle(term: PlannedTerm, kind: 'categories' | 'tags', row: KnownCategory): Promise<void> {
    const parts = term.declared ? changedParts(TERM_PARTS, row.digest, term.digest) : [];
    if (parts.length === 0) return this.#run.ledger.add(kind, 'unchanged');
    const parentId = parts.includes('parent') ? await this.#newParent(term, row) : row.parentId;
    const asked = { name: parts.includes('name') ? term.name : row.name, slug: row.slug, parentId };
    const { name } = await this.#freePlace(row.id, asked, asked);
    if (name !== asked.name) term.notes.add('a category beside it has its name', changed(asked.name, name));
    const description = parts.includes('description') ? term.description : row.description;
    await updateCategory(this.#db, row.id, { name, parentId, description });
    await updateDigest(this.#db, this.#run.source, 'category', term.key, term.digest);
    this.#run.ledger.update(kind, term.line, parts);
    enterNotes(this.#run, kind, term);
  }

  /** In Rubric the tree may have been turned around since: then the category stays where it is. */
  async #newParent(term: PlannedTerm, { id, name, slug, parentId }: KnownCategory): Promise<number | null> {
    const wanted = this.#parentOf(term);
    const { rows } = await findObstacles(this.#db, { id, name, slug, parentId: wanted });
    if (!rows[0]?.circle) return wanted;
    term.notes.add('its new parent is below it in Rubric; it stays where it is', term.name);
    return parentId;
  }
}

function withMark(name: string, mark: string): string {
  return `${fit(name, MAX.name - mark.length - 3)} (${mark})`;
}
