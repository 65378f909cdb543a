import type { Pool, PoolClient } from 'pg';
import { UNNAMED } from '../../../src/database/driver/client.ts';
import { literal, withLiterals } from '../../../src/database/driver/literals.ts';
import type { Client } from '../../harness/client.ts';
import type { TestServer } from '../../harness/server.ts';

/** A node of a plan, from `explain (analyze, buffers, format json)`. */
interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
}

/** A statement that the server sent, and its plan. */
export interface ExplainedStatement {
  sql: string;
  root: Node;
  nodes: Node[];
  /** Pages of 8 kB that it read, from the cache or from disk. */
  buffers: number;
}

/**
 * Sends a request and explains each statement that the server runs for it, without the one that authenticates the token.
 *
 * @param server with `PIPELINING` off and no expensive lists, so that each statement has a connection of the pool to itself
 */
export async function explain(
  { database: { pool }, as }: TestServer,
  path: string,
  caller: Client = as.reader,
): Promise<{ body: any; statements: ExplainedStatement[] }> {
  const { sent, result } = await recordStatements(pool, () => caller.get(path));
  if (result.status !== 200) throw new Error(`${path}: ${JSON.stringify(result.body)}`);
  const own = sent.filter(([{ text }]) => !text.includes('api_tokens'));
  return { body: result.body, statements: await explainAll(pool, own) };
}

/** Explains each statement that `run` sends on connections of the pool. */
export const explainStatements = async (pool: Pool, run: () => PromiseLike<unknown>): Promise<ExplainedStatement[]> =>
  explainAll(pool, (await recordStatements(pool, run)).sent);

type Statement = { name?: string; text: string };
type SentStatement = [statement: Statement, values: unknown[]];

/** Explains statements prepared or not, as they were sent. */
async function explainAll(pool: Pool, sent: SentStatement[]): Promise<ExplainedStatement[]> {
  const client = await pool.connect();
  const statements: ExplainedStatement[] = [];
  try {
    for (const [{ name, text }, values] of sent) {
      const literals = values.map(literal);
      const once = name === UNNAMED;
      const sql = once
        ? withLiterals(text, values)
        : `execute explained${literals.length > 0 ? `(${literals.join()})` : ''}`;
      if (!once) await client.query(`prepare explained as ${text}`);
      const { rows } = await client.query(`explain (analyze, buffers, format json) ${sql}`);
      if (!once) await client.query('deallocate explained');
      const root = rows[0]['QUERY PLAN'][0].Plan as Node;
      statements.push({
        sql: text,
        root,
        nodes: withDescendants(root),
        buffers: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
      });
    }
  } finally {
    client.release();
  }
  return statements;
}

/** Records what is sent on the connections of a pool, except the statements that begin and end a transaction. */
async function recordStatements<T>(
  pool: Pool,
  run: () => PromiseLike<T>,
): Promise<{ sent: SentStatement[]; result: T }> {
  const sent: SentStatement[] = [];
  const recorded = new Set<PoolClient>();
  const record = (client: PoolClient) => {
    if (recorded.has(client)) return;
    recorded.add(client);
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    client.query = ((statement: string | Statement, ...rest: [unknown[]]) => {
      if (typeof statement !== 'string') sent.push([statement, rest[0]]);
      return query(statement, ...rest);
    }) as never;
  };
  pool.on('acquire', record);
  try {
    return { result: await run(), sent };
  } finally {
    pool.off('acquire', record);
    for (const client of recorded) delete (client as Partial<PoolClient>).query;
  }
}

const withDescendants = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(withDescendants)];

/** Describes a node in one line: `Index Scan on articles by articles_pkey: 21 rows in each of 3 loops, 0 filtered out`. */
export function describeNode(node: Node): string {
  const where = [
    node['Relation Name'] && ` on ${node['Relation Name']}`,
    node['Index Name'] && ` by ${node['Index Name']}`,
  ];
  const work = `${node['Actual Rows']} rows in each of ${node['Actual Loops']} loops, ${node['Rows Removed by Filter'] ?? 0} filtered out`;
  return `${node['Node Type']}${where.filter(Boolean).join('')}: ${work}`;
}

/** Nodes that scan a whole table that grows, or touch more rows than a page needs. A bitmap of an index contains no rows. */
export const expensiveNodes = ({ nodes }: ExplainedStatement, maxRows: number) =>
  nodes.filter((node) => {
    const loops = node['Actual Loops'];
    const touched = loops * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0));
    // Except `article_search`: where any few matches will do, a sequential scan with a limit is the shortest way.
    const isFullScan =
      node['Node Type'] === 'Seq Scan' &&
      /^article(s|_categories|_authors)$/.test(node['Relation Name'] ?? '') &&
      loops > 0;
    return node['Node Type'] !== 'Bitmap Index Scan' && (isFullScan || touched > maxRows || loops > maxRows);
  });
