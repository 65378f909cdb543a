import type { Database } from '../../../database/database.ts';
import { MAX } from '../../../database/schema/field-limits.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import { changedParts } from '../plan/digest.ts';
import { KeptSlugs } from '../plan/kept-slugs.ts';
import { type PlannedTerm, planTerms, TERM_PARTS, termSlugFallback } from '../plan/term-plan.ts';
import { formatChange } from '../plan/warnings.ts';
import type { TermKind } from '../report/kinds.ts';
import { truncate } from '../report/truncate.ts';
import { AddressWriter } from './addresses.writer.ts';
import { type ImportContext, mapByKey, reportWarnings, TAGS_SKIPPED } from './import-context.ts';
import { listImportedCategories, updateDigest } from './imported-rows.queries.ts';
import { insertCategories, type NewCategory } from './insert-rows.queries.ts';
import { insertWithRetry } from './insert-with-retry.ts';
import { SlugAllocator } from './slug-allocator.ts';
import { findCategoryConflicts, updateCategory } from './update-rows.queries.ts';

type ImportedCategory = Awaited<ReturnType<typeof listImportedCategories>>[number];
/** The columns of a category that can conflict with another category. */
type UniqueColumns = Pick<NewCategory, 'name' | 'slug' | 'parentId'>;

/** A changed category that has got another name than `columns` has, because a sibling had that. */
type SuffixedName = { id: number; term: PlannedTerm; kind: TermKind; columns: UniqueColumns; name: string };

const NAME_IN_USE = 'a sibling category already has the name';

/**
 * Writes the categories of a file, and its tags as categories below a category called Tags.
 *
 * A category that was deleted in Rubric is created again if the file still has it. Articles that did not change in the
 * file are not linked to it again, because unlinking them was a decision made in Rubric.
 */
export class TermWriter {
  /** The ids of the written categories by key. */
  readonly ids = new Map<string, number>();
  /** The number of created categories that are not in the file: the parent category of the tags. */
  createdBesidesFile = 0;
  readonly #db: Database;
  readonly #context: ImportContext;
  /** The slugs of terms that need no change. */
  readonly #keptSlugs = new KeptSlugs();
  readonly #slugs: SlugAllocator;
  #importedCategories = new Map<string, ImportedCategory>();
  #levels: PlannedTerm[][] = [];
  readonly #addresses: AddressWriter;
  readonly #suffixedNames: SuffixedName[] = [];

  constructor(db: Database, context: ImportContext) {
    this.#db = db;
    this.#context = context;
    this.#addresses = new AddressWriter(db, context);
    this.#slugs = new SlugAllocator((stem) => listSlugsLike(db, 'categories', stem), this.#keptSlugs);
  }

  /** Creates the categories that the file adds. */
  async create(): Promise<void> {
    const { exportIndex, source, importTags } = this.#context;
    const levels = planTerms(exportIndex, importTags);
    this.#levels = levels;
    for (const { kind, slugInFile } of levels.flat()) this.#keptSlugs.add(slugInFile, termSlugFallback(kind));
    if (!importTags) this.#reportSkippedTags();
    const keys = levels.flat().flatMap(({ key, parent }) => (parent === null ? [key] : [key, parent]));
    this.#importedCategories = mapByKey(await listImportedCategories(this.#db, source, [...new Set(keys)]));
    for (const { key, id } of this.#importedCategories.values()) this.ids.set(key, id);
    for (const level of levels)
      await this.#create(level.filter((term) => this.#isNew(term) && this.#isNeeded(term, levels)));
    await this.#addresses.flush();
  }

  /**
   * Updates the categories that the file changes. After the articles: a move of a category locks the tree until the end of
   * the transaction, and an update locks the category.
   */
  async update(): Promise<void> {
    for (const term of this.#levels.flat()) {
      const row = this.#importedCategories.get(term.key);
      if (row && term.kind) await this.#updateIfChanged(term, term.kind, row);
    }
    for (const each of this.#suffixedNames) await this.#renameIfFree(each);
    await this.#addresses.flush();
  }

  #reportSkippedTags(): void {
    const { exportIndex, report } = this.#context;
    for (const { kind, line, name, slug } of exportIndex.terms.values()) {
      if (kind !== 'tags') continue;
      report.skip('tags', line, TAGS_SKIPPED, name);
      if (slug !== null) report.skip('addresses', line, TAGS_SKIPPED, name);
    }
  }

  #isNew({ key }: PlannedTerm): boolean {
    return !this.#importedCategories.has(key);
  }

  /** The parent category of the tags is created only for a new tag: it can have been deleted in Rubric on purpose. */
  #isNeeded(term: PlannedTerm, levels: PlannedTerm[][]): boolean {
    return term.kind !== null || levels.flat().some((other) => other.kind === 'tags' && this.#isNew(other));
  }

  async #create(terms: PlannedTerm[]): Promise<void> {
    const plans = mapByKey(terms);
    const newRows: NewCategory[] = [];
    for (const term of terms) newRows.push(await this.#newRow(term));
    const inserted = await insertWithRetry(
      newRows,
      (rows) => insertCategories(this.#db, this.#context.source, rows),
      async (row) => ({ ...row, ...(await this.#resolveConflicts(null, row, plans.get(row.key) ?? row)) }),
    );
    for (const { row, id } of inserted) {
      this.ids.set(row.key, id);
      const plan = plans.get(row.key);
      if (!plan) continue;
      this.#reportCreated(plan, row);
      this.#addresses.add(plan.addresses, { type: 'category', id }, true);
    }
  }

  async #newRow(term: PlannedTerm): Promise<NewCategory> {
    const { key, name, description } = term;
    const isReserved = term.slug !== term.slugInFile && this.#keptSlugs.has(term.slug);
    const slug = isReserved ? await this.#slugs.allocate(term.slug) : term.slug;
    return { key, name, slug, description, parentId: this.#parentIdOf(term), digest: term.digest.toString('hex') };
  }

  #parentIdOf({ parent, warnings }: PlannedTerm): number | null {
    if (parent === null) return null;
    const id = this.ids.get(parent);
    if (id === undefined)
      warnings.add('its parent is not in the file; imported at the top level', parent.replace(/^\w+:\w+:/, ''));
    return id ?? null;
  }

  #reportCreated(term: PlannedTerm, row: UniqueColumns): void {
    const { report, exportIndex } = this.#context;
    if (term.kind === null) {
      this.createdBesidesFile += 1;
      const detail = `${row.name}, slug ${row.slug}`;
      return report.warn('file', exportIndex.site.line, 'created a parent category for the tags', detail);
    }
    if (row.slug !== term.slug) term.warnings.add('the slug was already in use', formatChange(term.slug, row.slug));
    if (row.name !== term.name) term.warnings.add(NAME_IN_USE, formatChange(term.name, row.name));
    report.count(term.kind, 'created');
    reportWarnings(this.#context, term.kind, term);
  }

  /**
   * Returns the columns with a name and slug that do not conflict. WordPress allows siblings with the same name: both are
   * kept, the second as `Name (slug)`.
   *
   * @param planned the name and slug that suffixes are added to
   */
  async #resolveConflicts(
    id: number | null,
    { name, slug, parentId }: UniqueColumns,
    planned: { name: string; slug: string },
  ): Promise<UniqueColumns> {
    const columns = { name, slug, parentId };
    for (let attempt = 1; ; attempt += 1) {
      const { rows } = await findCategoryConflicts(this.#db, { id, ...columns });
      const [conflicts] = rows;
      if (!conflicts?.slug && !conflicts?.name) return columns;
      if (conflicts.slug) columns.slug = await this.#slugs.allocate(planned.slug);
      if (conflicts.name)
        columns.name = appendToName(planned.name, attempt === 1 ? columns.slug : `${columns.slug} ${attempt}`);
    }
  }

  async #updateIfChanged(term: PlannedTerm, kind: TermKind, row: ImportedCategory): Promise<void> {
    const parts = term.isDeclared ? changedParts(TERM_PARTS, row.digest, term.digest) : [];
    this.#addresses.add(term.addresses, { type: 'category', id: row.id }, parts.includes('address'));
    if (parts.length === 0) return this.#context.report.count(kind, 'unchanged');
    const parentId = parts.includes('parent') ? await this.#newParentId(term, row) : row.parentId;
    const columns = { name: parts.includes('name') ? term.name : row.name, slug: row.slug, parentId };
    const { name } = await this.#resolveConflicts(row.id, columns, columns);
    const description = parts.includes('description') ? term.description : row.description;
    await updateCategory(this.#db, row.id, { name, parentId, description });
    await updateDigest(this.#db, this.#context.source, 'category', term.key, term.digest);
    this.#context.report.update(kind, term.line, parts);
    if (name === columns.name) reportWarnings(this.#context, kind, term);
    else this.#suffixedNames.push({ id: row.id, term, kind, columns, name });
  }

  /** Siblings can exchange their names: at the end of the file the one that had the name may have another. */
  async #renameIfFree({ id, term, kind, columns, name }: SuffixedName): Promise<void> {
    const { rows } = await findCategoryConflicts(this.#db, { id, ...columns });
    if (rows[0]?.name) term.warnings.add(NAME_IN_USE, formatChange(columns.name, name));
    else await updateCategory(this.#db, id, { name: columns.name });
    reportWarnings(this.#context, kind, term);
  }

  /** Returns the current parent if the new one is a descendant, because categories were moved in Rubric. */
  async #newParentId(term: PlannedTerm, { id, name, slug, parentId }: ImportedCategory): Promise<number | null> {
    const newParentId = this.#parentIdOf(term);
    const { rows } = await findCategoryConflicts(this.#db, { id, name, slug, parentId: newParentId });
    if (!rows[0]?.cycle) return newParentId;
    term.warnings.add('its new parent is a descendant in Rubric; the category was not moved', term.name);
    return parentId;
  }
}

function appendToName(name: string, suffix: string): string {
  return `${truncate(name, MAX.name - suffix.length - 3)} (${suffix})`;
}
