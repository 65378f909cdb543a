import { actorOf, commandPrincipal } from '../../access/principal.ts';
import { ARTICLE_RELATIONS } from '../../articles/article-relations.ts';
import { updateActor } from '../../audit/audit.queries.ts';
import type { Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { ExportIndex } from './plan/export-index.ts';
import { sourceOf } from './plan/external-keys.ts';
import { ImportReport, type Totals } from './report/import-report.ts';
import type { ImportResult } from './report/import-result.ts';
import type { Kind } from './report/kinds.ts';
import type { Phase } from './report/progress.ts';
import { planArticleBatches } from './write/article-batches.ts';
import { ArticleWriter } from './write/articles.writer.ts';
import { writeAuthors } from './write/authors.writer.ts';
import { MetadataReporter } from './write/custom-fields.ts';
import type { ImportContext } from './write/import-context.ts';
import {
  countWritten,
  lockImport,
  updateDocuments,
  updateTransactionSettings,
} from './write/import-transaction.queries.ts';
import { forEachReadAhead } from './write/read-ahead.ts';
import { TermWriter } from './write/terms.writer.ts';
import { readWxr } from './wxr/read-wxr.ts';

/** Opens the file and returns its chunks. Called once for each pass. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

export interface ImportOptions {
  /** Runs the whole import and rolls it back. Values of sequences are used up. */
  dryRun: boolean;
  /** Whether tags become categories, below a category called Tags. */
  importTags: boolean;
  /** `MAX_IDS`: an article with more categories is imported with all of them, and a warning. */
  maxIds: number;
  /** Called for each item of the file. */
  onProgress?: (phase: Phase, items: number) => void;
}

/**
 * Constraints that only concurrent requests can violate, between a read and a write of the import. This is so rare that
 * the whole file is imported again, which keeps it all or nothing.
 */
const RETRIED_CONSTRAINTS = [
  'articles_slug_key',
  'authors_slug_key',
  'categories_slug_key',
  'categories_sibling_name_key',
  'categories_parent_id_fkey',
  'redirects_article_id_fkey',
  'redirects_category_id_fkey',
  'redirects_author_id_fkey',
  ...Object.values(ARTICLE_RELATIONS).map(({ foreignKey }) => foreignKey),
];

/**
 * Imports a WordPress export completely or not at all. The file is read twice: first to index it, then to write it in one
 * transaction. Before the commit, the import report is compared with the file and with the database.
 *
 * @throws WxrError if the file is not a valid WordPress export
 */
export async function importWordPress(db: Database, open: OpenFile, options: ImportOptions): Promise<ImportResult> {
  const exportIndex = new ExportIndex();
  let items = 0;
  for await (const record of readWxr(open())) {
    exportIndex.add(record);
    if (record.kind === 'item') options.onProgress?.('reading', (items += 1));
  }
  exportIndex.finish();
  return withRetry(
    () => runTransaction(db, open, exportIndex, options),
    (error) => RETRIED_CONSTRAINTS.some((constraint) => isConstraintViolation(error, constraint)),
  );
}

/** Creating the search documents of 1,000 articles takes two cores about a second, during which the progress does not change. */
const ARTICLES_PER_INDEXING = 1_000;

/** Rolls back a dry run. */
class DryRunRollback extends Error {}

async function runTransaction(
  db: Database,
  open: OpenFile,
  exportIndex: ExportIndex,
  options: ImportOptions,
): Promise<ImportResult> {
  const context: ImportContext = {
    source: sourceOf(exportIndex.site),
    exportIndex,
    report: new ImportReport(),
    importTags: options.importTags,
    maxIds: options.maxIds,
    now: new Date(),
  };
  let totals: Record<Kind, Totals> | undefined;
  try {
    await db.transaction(async (tx) => {
      totals = await writeFile(tx, context, open, options);
      if (options.dryRun) throw new DryRunRollback();
    });
  } catch (error) {
    if (!(error instanceof DryRunRollback)) throw error;
  }
  if (!totals) throw new Error('The import ended without a report.');
  return { site: exportIndex.site, totals, report: context.report };
}

async function writeFile(db: Database, context: ImportContext, open: OpenFile, { onProgress }: ImportOptions) {
  const { exportIndex, report, source } = context;
  await updateTransactionSettings(db);
  await updateActor(db, { ...actorOf(commandPrincipal('import wordpress')), revisionKind: 'import' });
  onProgress?.('waiting', 0);
  await lockImport(db, source);
  onProgress?.('writing', 0);
  reportFirstPass(context);
  const authorIds = await writeAuthors(db, context);
  const terms = new TermWriter(db, context);
  await terms.create();
  const articles = new ArticleWriter(db, context, { authorIds, termIds: terms.ids });
  let items = 0;
  const onItem = () => onProgress?.('writing', (items += 1));
  const batches = planArticleBatches(readWxr(open()), context, onItem);
  let unindexed = 0;
  await forEachReadAhead(batches, async (batch) => {
    await articles.write(batch);
    unindexed += batch.length;
    if (unindexed < ARTICLES_PER_INDEXING) return;
    await updateDocuments(db);
    unindexed = 0;
  });
  await updateDocuments(db);
  await terms.update();
  const totals = report.totals(exportIndex.counts);
  await verifyWritten(db, report, articles.linkCounts, terms.createdBesidesFile);
  return totals;
}

function reportFirstPass({ report, exportIndex }: ImportContext): void {
  const { skipped, notes, warnings, site } = exportIndex;
  for (const { kind, line, reason, detail } of skipped) report.skip(kind, line, reason, detail);
  for (const { kind, line, reason, detail } of notes) report.warn(kind, line, reason, detail);
  const termMeta = new MetadataReporter(report, 'termMeta', 'Rubric has no metadata of categories');
  for (const { line, key } of exportIndex.termMeta) termMeta.skip(line, key);
  for (const { line, message, count } of warnings) report.warn('file', line, message, null, count);
  if (site.url === '')
    report.warn(
      'file',
      site.line,
      'the file does not name its site; its title and the guids of posts are used instead',
    );
}

/**
 * Compares the import report with the rows that this transaction wrote according to PostgreSQL. This also proves that a
 * second import that reports everything as unchanged wrote nothing.
 *
 * @throws Error if they differ, which rolls back the import
 */
async function verifyWritten(
  db: Database,
  report: ImportReport,
  linkCounts: ArticleWriter['linkCounts'],
  categoriesBesidesFile: number,
): Promise<void> {
  const { rows } = await countWritten(db);
  const inDatabase = rows[0];
  const inReport = {
    authors: report.writtenCount('authors'),
    categories: report.writtenCount('categories', 'tags') + categoriesBesidesFile,
    articles: report.writtenCount('posts'),
    redirects: report.writtenCount('addresses'),
    categoryLinks: linkCounts.categories,
    authorLinks: linkCounts.authors,
  };
  for (const [name, count] of Object.entries(inReport)) {
    const written = inDatabase?.[name as keyof typeof inReport];
    if (written !== count)
      throw new Error(
        `The import report does not match the database: ${count} ${name} in the report, ${written} in the database.`,
      );
  }
}
