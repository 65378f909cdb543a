import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Command, Option } from 'commander';
import { errorMessage } from '../../cli/error-message.ts';
import { withDatabase } from '../../cli/with-database.ts';
import type { Database } from '../../database/database.ts';
import { Progress } from './report/progress.ts';
import { failureJson, ledgerJson } from './report/report-json.ts';
import { ledgerText, printable } from './report/report-text.ts';
import type { ImportReport } from './wordpress.service.ts';
import { importWordPress } from './wordpress.service.ts';
import { WxrError } from './wxr/wxr-error.ts';

interface Options {
  dryRun?: boolean;
  tags: 'categories' | 'skip';
  json?: boolean;
}

/** `rubric import wordpress`: the articles, categories, tags and authors of WordPress exports. */
export function addImportCommands(program: Command): void {
  program
    .command('import')
    .description('Import the content of another system')
    .command('wordpress')
    .description('Import WordPress exports (WXR 1.0 to 1.2); a second run changes only what changed in the file')
    .argument('<file...>', 'the .xml files that WordPress wrote, each imported whole or not at all')
    .option('--dry-run', 'do everything, show the ledger, and undo it')
    .addOption(new Option('--tags <what>', 'what tags become').choices(['categories', 'skip']).default('categories'))
    .option('--json', 'print the ledger as JSON, with the line of every thing that was not simply imported')
    .action((files: string[], options: Options) => importFiles(files, options));
}

/**
 * V8 lets garbage pile up to several times of what is in use, which for a stream of texts is next to nothing: it is told
 * to collect earlier. The new limits count from the next collection on, so there is one at once.
 */
function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=15');
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

/** Ends with status 1 if a file could not be imported; the others are, all the same. */
async function importFiles(files: string[], options: Options): Promise<void> {
  collectEarly();
  await withDatabase(async (db) => {
    if (options.json) await print(['{"files": [']);
    for (const [place, file] of files.entries()) {
      if (place > 0) await print([options.json ? ', ' : '\n']);
      try {
        const report = await importFile(db, file, options);
        await print(options.json ? ledgerJson(file, options.dryRun ?? false, report) : inWords(file, options, report));
      } catch (error) {
        process.exitCode = 1;
        process.stderr.write(`${file}: ${errorMessage(error)} Nothing of it was imported.\n`);
        if (options.json)
          await print([failureJson(file, errorMessage(error), error instanceof WxrError ? error.line : null)]);
      }
    }
    if (options.json) await print([']}\n']);
  });
}

async function importFile(db: Database, file: string, { dryRun = false, tags }: Options): Promise<ImportReport> {
  const about = await stat(file).catch(refuseFile);
  if (!about.isFile()) throw new FileError('It is not a file, and what is imported is read twice.');
  const progress = new Progress(process.stderr, file, about.size);
  try {
    return await importWordPress(db, () => progress.count(chunksOf(file)), {
      dryRun,
      tags: tags === 'categories',
      onProgress: (phase, items) => progress.items(phase, items),
    });
  } finally {
    progress.end();
  }
}

function inWords(file: string, { dryRun }: Options, { site, sums, ledger }: ImportReport): string[] {
  const { title, url, version } = site;
  const from = `${title || 'a site without a title'}${url && ` (${url})`}${version && `, WXR ${version}`}`;
  const end = dryRun ? '\nA dry run: all of this was undone.\n' : '';
  return [`${file}: ${printable(from)}\n\n`, ledgerText(sums, ledger), end];
}

/** The file cannot be read; its message is a sentence. */
class FileError extends Error {}

function refuseFile(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const reasons: Record<string, string> = { ENOENT: 'There is no such file.', EACCES: 'The file may not be read.' };
  throw new FileError(reasons[code] ?? `The file cannot be read (${code}).`);
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = createReadStream(file)[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await chunks.next().catch(refuseFile);
    if (done) return;
    yield value;
  }
}

/** Waits for whoever reads, so that a long ledger is not kept in memory. Who reads no more gets no more. */
async function print(pieces: Iterable<string>): Promise<void> {
  const { stdout } = process;
  for (const piece of pieces) {
    if (stdout.destroyed) return;
    if (!stdout.write(piece)) await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
  }
}
