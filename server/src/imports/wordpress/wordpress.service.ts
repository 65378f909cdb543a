import { actorOf, COMMAND } from '../../access/principal.ts';
import { updateActor } from '../../audit/audit.queries.ts';
import { type Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { Survey } from './plan/export-index.ts';
import { sourceOf } from './plan/external-keys.ts';
import type { Kind, Sums } from './report/import-report.ts';
import { Ledger } from './report/import-report.ts';
import { articleBatches } from './write/article-batches.ts';
import { ArticleWriter } from './write/articles.writer.ts';
import { writeAuthors } from './write/authors.writer.ts';
import type { ImportRun } from './write/import-context.ts';
import { TermWriter } from './write/terms.writer.ts';
import { countWritten, lockImport, updateLimits } from './write/update-rows.queries.ts';
import { readWxr } from './wxr/read-wxr.ts';
import type { WxrSite } from './wxr/wxr-records.ts';

/** Gives the bytes of a file from its beginning; called twice. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

export interface ImportOptions {
  /** Does everything and then undoes it. Ids are used up all the same. */
  dryRun: boolean;
  /** Whether tags become categories, under one called Tags. */
  tags: boolean;
  /** Hears of every item. */
  onProgress?: (phase: 'reading' | 'waiting' | 'writing', items: number) => void;
}

export interface ImportReport {
  site: WxrSite;
  sums: Record<Kind, Sums>;
  ledger: Ledger;
}

/**
 * Others may take a name or remove a category between a look and a write. That is so rare that the whole file may begin
 * anew, which keeps it all or nothing.
 */
const RACES = [
  'articles_slug_key',
  'authors_slug_key',
  'categories_slug_key',
  'categories_sibling_name_key',
  'categories_parent_id_fkey',
  'article_categories_category_id_fkey',
  'article_authors_author_id_fkey',
];

/**
 * Imports one WordPress export, all of it or nothing: it is read twice, first to learn what it holds, and then in one
 * transaction, at whose end the ledger is held against the file and against the database.
 *
 * @throws WxrError when the file is not a sound WordPress export
 */
export async function importWordPress(db: Database, open: OpenFile, options: ImportOptions): Promise<ImportReport> {
  const survey = new Survey();
  let items = 0;
  for await (const record of readWxr(open())) {
    survey.add(record);
    if (record.kind === 'item') options.onProgress?.('reading', (items += 1));
  }
  survey.finish();
  return withRetry(
    () => attempt(db, open, survey, options),
    (error) => RACES.some((constraint) => isConstraintViolation(error, constraint)),
  );
}

/** Undoes what a dry run did. */
class Undo extends Error {}

async function attempt(db: Database, open: OpenFile, survey: Survey, options: ImportOptions): Promise<ImportReport> {
  const run: ImportRun = {
    source: sourceOf(survey.site),
    survey,
    ledger: new Ledger(),
    tags: options.tags,
    now: new Date(),
  };
  let sums: Record<Kind, Sums> | undefined;
  try {
    await db.transaction(async (tx) => {
      sums = await writeFile(tx, run, open, options);
      if (options.dryRun) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  if (!sums) throw new Error('The import ended without a ledger.');
  return { site: survey.site, sums, ledger: run.ledger };
}

async function writeFile(db: Database, run: ImportRun, open: OpenFile, { onProgress }: ImportOptions) {
  await updateLimits(db);
  await updateActor(db, actorOf(COMMAND));
  onProgress?.('waiting', 0);
  await lockImport(db, run.source);
  onProgress?.('writing', 0);
  enterSurvey(run);
  const authors = await writeAuthors(db, run);
  const terms = new TermWriter(db, run);
  await terms.write();
  const articles = new ArticleWriter(db, run, { authors, terms: terms.ids });
  let items = 0;
  for await (const batch of articleBatches(readWxr(open()), run, () => onProgress?.('writing', (items += 1)))) {
    await articles.write(batch);
  }
  const sums = run.ledger.balance(run.survey.counts);
  await prove(db, run.ledger, articles.written, terms.beyondTheFile);
  return sums;
}

function enterSurvey({ ledger, survey }: ImportRun): void {
  for (const { kind, line, reason, detail } of survey.leftOut) ledger.skip(kind, line, reason, detail);
  for (const { line, message, count } of survey.warnings) ledger.note('file', line, message, null, count);
  if (survey.site.url === '') ledger.note('file', survey.site.line, 'names no site; its title and guids stand for it');
}

/**
 * Holds the ledger against what PostgreSQL says that this transaction wrote. A second run that finds everything
 * unchanged is proven to have written nothing.
 *
 * @throws Error where they differ, which undoes the import
 */
async function prove(db: Database, ledger: Ledger, links: ArticleWriter['written'], beyondTheFile: number) {
  const { rows } = await countWritten(db);
  const written = rows[0];
  const expected = {
    authors: ledger.written('authors'),
    categories: ledger.written('categories', 'tags') + beyondTheFile,
    articles: ledger.written('posts'),
    categoryLinks: links.categories,
    authorLinks: links.authors,
  };
  for (const [what, count] of Object.entries(expected)) {
    const found = written?.[what as keyof typeof expected];
    if (found !== count)
      throw new Error(`The import does not add up: ${count} ${what} written, ${found} in the database.`);
  }
}
