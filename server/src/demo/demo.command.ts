import type { Command } from 'commander';
import { serverOrigin, serverOrigins } from '../cli/server-origin.ts';
import { withDatabase } from '../cli/with-database.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { PUBLICATION_NAME, readPublication } from './publication.reader.ts';
import type { DemoPublication } from './publication.ts';

/** Adds `rubric demo`, which loads the small publication that the tour uses. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(`Load ${PUBLICATION_NAME}, a small publication, into an empty database`)
    .action(() =>
      withDatabase(async (db, config) => {
        const { loadPublication } = await import('./load-publication.command.ts');
        const publication = readPublication();
        await loadPublication(db, config, publication);
        process.stdout.write(report(publication, await findServer(db, config)));
      }),
    );
}

function report({ name, articles, categories, authors, workingDrafts }: DemoPublication, origin: string): string {
  const times = articles.flatMap(({ published }) => published ?? []);
  const scheduled = times.filter((time) => 'daysFromNow' in time).length;
  const drafts = articles.length - times.length;
  const width = Math.max(...EXAMPLES.map(([path]) => path.length));
  const examples = EXAMPLES.map(([path, description]) => `  ${origin}${path.padEnd(width)}  ${description}\n`);
  return `Loaded ${name}: ${articles.length} articles (${drafts} draft, ${scheduled} scheduled, ${workingDrafts.length} with a working draft), \
${categories.length} categories, ${authors.length} authors.
With the server running (npm start), try:
${examples.join('')}`;
}

/** Returns the URL of the configured server, unless only servers with other settings run. */
async function findServer(db: Database, config: Config): Promise<string> {
  const { listApplicationNames } = await import('./demo.queries.ts');
  const running = serverOrigins((await listApplicationNames(db)).map(({ name }) => name ?? ''));
  const configured = serverOrigin(config);
  return running.includes(configured) ? configured : (running[0] ?? configured);
}

const EXAMPLES = [
  ['/categories?tree=true', 'the category tree'],
  ['/categories/ferries/articles', 'the articles of one category, newest first'],
  ['/articles/twenty-four-hours-of-pier-3', 'an article with eleven categories'],
] as const;
