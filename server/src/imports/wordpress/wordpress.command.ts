import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Command, Option } from 'commander';
import { errorMessage } from '../../cli/error-message.ts';
import { withDatabase } from '../../cli/with-database.ts';
import type { Database } from '../../database/database.ts';
import type { ImportResult } from './report/import-result.ts';
import { Progress } from './report/progress.ts';
import { failureJson, reportJson } from './report/report-json.ts';
import { escapeControls, reportText } from './report/report-text.ts';
import { WxrError } from './wxr/wxr-error.ts';

interface Options {
  dryRun?: boolean;
  tags: 'categories' | 'skip';
  json?: boolean;
}

/** Adds `rubric import wordpress`. */
export function addImportCommands(program: Command): void {
  program
    .command('import')
    .description('Import content from another system')
    .command('wordpress')
    .description(
      'Import WordPress exports (WXR 1.0 to 1.2). Importing a newer export updates only what changed in the file',
    )
    .argument('<file...>', '.xml files exported by WordPress; each is imported completely or not at all')
    .option('--dry-run', 'run the import, print the report and roll back')
    .addOption(new Option('--tags <mode>', 'how to import tags').choices(['categories', 'skip']).default('categories'))
    .option('--json', 'print the import report as JSON, with the line of every entry')
    .action((files: string[], options: Options) => importFiles(files, options));
}

/**
 * Makes V8 collect garbage earlier. By default it lets the heap grow to several times the live data, and a streaming
 * import has very little of that. The flags take effect at the next collection, so one is forced.
 */
function collectGarbageEarlier(): void {
  setFlagsFromString('--heap-growing-percent=15');
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

/** Imports all files even if one fails, and then exits with status 1. */
async function importFiles(files: string[], options: Options): Promise<void> {
  collectGarbageEarlier();
  await withDatabase(async (db, { limits }) => {
    if (options.json) await print(['{"files": [']);
    for (const [index, file] of files.entries()) {
      if (index > 0) await print([options.json ? ', ' : '\n']);
      try {
        const result = await importFile(db, file, options, limits.ids);
        await print(
          options.json ? reportJson(file, options.dryRun ?? false, result) : reportWithHeader(file, options, result),
        );
      } catch (error) {
        process.exitCode = 1;
        process.stderr.write(`${file}: ${errorMessage(error)} Nothing was imported from this file.\n`);
        if (options.json)
          await print([failureJson(file, errorMessage(error), error instanceof WxrError ? error.line : null)]);
      }
    }
    if (options.json) await print([']}\n']);
  });
}

async function importFile(
  db: Database,
  file: string,
  { dryRun = false, tags }: Options,
  maxIds: number,
): Promise<ImportResult> {
  const stats = await stat(file).catch(rethrowAsFileError);
  if (!stats.isFile()) throw new FileError('Not a regular file. An import reads its file twice.');
  const { importWordPress } = await import('./wordpress.service.ts');
  const progress = new Progress(process.stderr, file, stats.size);
  try {
    return await importWordPress(db, () => progress.countBytes(readChunks(file)), {
      dryRun,
      importTags: tags === 'categories',
      maxIds,
      onProgress: (phase, items) => progress.update(phase, items),
    });
  } finally {
    progress.end();
  }
}

function reportWithHeader(file: string, { dryRun }: Options, { site, totals, report }: ImportResult): string[] {
  const { title, url, version } = site;
  const siteText = `${title || 'untitled site'}${url && ` (${url})`}${version && `, WXR ${version}`}`;
  const footer = dryRun ? '\nDry run: all changes were rolled back.\n' : '';
  return [`${file}: ${escapeControls(siteText)}\n\n`, reportText(totals, report), footer];
}

/** The file cannot be read. The message is a sentence for the user. */
class FileError extends Error {}

function rethrowAsFileError(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const messages: Record<string, string> = { ENOENT: 'The file does not exist.', EACCES: 'Permission denied.' };
  throw new FileError(messages[code] ?? `The file cannot be read (${code}).`);
}

async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = createReadStream(file)[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await chunks.next().catch(rethrowAsFileError);
    if (done) return;
    yield value;
  }
}

/** Waits for backpressure, so a long report is not buffered in memory. Stops silently if the reader closes the pipe. */
async function print(chunks: Iterable<string>): Promise<void> {
  const { stdout } = process;
  for (const chunk of chunks) {
    if (stdout.destroyed) return;
    if (!stdout.write(chunk)) await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
  }
}
