import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { format } from 'sql-formatter';
import type { Database } from '../src/database/database.ts';
import { UNNAMED } from '../src/database/driver/client.ts';
import { relations } from '../src/database/schema/relations.ts';

/**
 * Writes the SQL of every query function into a file beside its module, so that a change of it is read as a diff. Asks
 * no database anything: the functions run on a client that only takes notes.
 */

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const VERB = /^(find|list|count|insert|update|replace|delete|lock|claim)[A-Z]/;

interface Statement {
  name?: string;
  text: string;
}

class Refusal extends Error {}

const recorded: Statement[] = [];
const notebook = {
  query: ({ name, text }: Statement) => {
    recorded.push({ name, text });
    return Promise.resolve({ rows: [], rowCount: 0 });
  },
};
const db: Database = drizzle({ client: notebook as unknown as pg.Client, relations });

type Exports = Record<string, unknown>;

const TAKES_DB_FIRST = /^(async )?(function\s*\w*\s*)?\(?\s*db\b/;

/** The query functions of a module: those that take `db` first. What else it exports are pieces of SQL for others. */
function queriesOf(module: string, exported: Exports): string[] {
  const queries = Object.keys(exported).filter((name) => TAKES_DB_FIRST.test(String(exported[name])));
  const nameless = queries.filter((name) => !VERB.test(name));
  if (nameless.length > 0) throw new Refusal(`${module}: ${nameless.join(', ')} must begin with a verb: ${VERB}.`);
  return queries;
}

async function statementOf(call: string, query: (db: Database, ...rest: unknown[]) => unknown, args: unknown[]) {
  recorded.length = 0;
  await query(db, ...args);
  const [statement, ...more] = recorded;
  if (!statement || more.length > 0) throw new Refusal(`${call} runs ${recorded.length} statements instead of one.`);
  return statement;
}

/** The SQL of one function, once for each sample. */
async function describe(name: string, query: unknown, samples: readonly unknown[][] | Record<string, unknown[]>) {
  let text = '';
  for (const [label, args] of Object.entries(samples)) {
    const shown = inspect(args, { depth: 5, breakLength: Number.POSITIVE_INFINITY }).slice(1, -1).trim();
    const call = Array.isArray(samples) ? `${name}(${shown})` : `${name}: ${label}`;
    const statement = await statementOf(call, query as () => unknown, args);
    text += `-- ${call}${remark(statement)}\n${pretty(statement.text)};\n\n`;
  }
  return text;
}

const remark = ({ name }: Statement) =>
  name === undefined ? '' : `\n-- ${name === UNNAMED ? 'planned each time, for its values' : `prepared as ${name}`}`;

const pretty = (sql: string) =>
  format(sql, { language: 'postgresql', keywordCase: 'preserve', expressionWidth: 100, tabWidth: 2 });

type Samples = Record<string, readonly unknown[][] | Record<string, unknown[]>>;

const samplesFile = (module: string) => module.replace(/\.ts$/, '.samples.ts');

/** The arguments that each query function of a module is run with: `samples` of the file beside it. */
async function samplesOf(module: string): Promise<Samples> {
  if (!existsSync(SOURCE + samplesFile(module))) throw new Refusal(`${samplesFile(module)} does not exist.`);
  return ((await import(SOURCE + samplesFile(module))) as { samples: Samples }).samples;
}

/** The content of the file of a module; empty for one that has no queries. */
async function generate(module: string): Promise<string> {
  const exported = (await import(`${SOURCE}${module}`)) as Exports;
  const queries = queriesOf(module, exported);
  const samples = queries.length === 0 ? {} : await samplesOf(module);
  const missing = queries.filter((name) => samples[name] === undefined);
  if (missing.length > 0) throw new Refusal(`${module}: ${samplesFile(module)} lacks ${missing.join(', ')}.`);
  let text = '';
  for (const [name, ofQuery] of Object.entries(samples)) text += await describe(name, exported[name], ofQuery);
  return text && `-- Written by \`npm run generate\` from ${module.split('/').at(-1)}.\n\n${text.trimEnd()}\n`;
}

try {
  const files = new Map<string, string>();
  for (const module of globSync('**/*.queries.ts', { cwd: SOURCE }).toSorted()) {
    files.set(SOURCE + module.replace(/\.ts$/, '.sql'), await generate(module));
  }
  // Those of modules that are gone go too.
  for (const file of globSync('**/*.queries.sql', { cwd: SOURCE })) rmSync(SOURCE + file);
  for (const [file, text] of files) if (text !== '') writeFileSync(file, text);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
