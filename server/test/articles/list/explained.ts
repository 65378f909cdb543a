import { UNNAMED } from '../../../src/database/driver/client.ts';
import { literal, withLiterals } from '../../../src/database/driver/literals.ts';
import type { Client } from '../../harness/client.ts';
import type { TestServer } from '../../harness/server.ts';

/** A node of a plan as `explain (analyze, buffers, format json)` tells it. */
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

/** A statement that the server sent, and how PostgreSQL runs it. */
export interface Explained {
  sql: string;
  root: Node;
  nodes: Node[];
  /** Pages of 8 kB that it looked at. */
  buffers: number;
}

/**
 * Answers a request and explains each statement that the server sent for it, planned as the server has it planned.
 *
 * @param server with `PIPELINING` off: each statement goes through the pool's `query`
 */
export async function explain(
  { database: { pool }, as }: TestServer,
  path: string,
  caller: Client = as.reader,
): Promise<{ body: any; statements: Explained[] }> {
  const sent: [{ name?: string; text: string }, unknown[]][] = [];
  const query = pool.query.bind(pool) as (...all: any[]) => any;
  pool.query = ((...all: [any, any]) => {
    sent.push(all);
    return query(...all);
  }) as never;
  const { body, status } = await caller.get(path);
  pool.query = query as never;
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  const client = await pool.connect();
  const statements: Explained[] = [];
  try {
    // The caller's token is not the list's business.
    for (const [{ name, text }, values] of sent.filter(([{ text }]) => !text.includes('api_tokens'))) {
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
        nodes: within(root),
        buffers: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
      });
    }
  } finally {
    client.release();
  }
  return { body, statements };
}

const within = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(within)];

/** What a node did, in one line: `Index Scan on articles by articles_pkey: 21 rows in each of 3 loops, 0 thrown away`. */
export function told(node: Node): string {
  const where = [
    node['Relation Name'] && ` on ${node['Relation Name']}`,
    node['Index Name'] && ` by ${node['Index Name']}`,
  ];
  const did = `${node['Actual Rows']} rows in each of ${node['Actual Loops']} loops, ${node['Rows Removed by Filter'] ?? 0} thrown away`;
  return `${node['Node Type']}${where.filter(Boolean).join('')}: ${did}`;
}

/** Nodes that read all of a table that grows, or touch more rows than a page needs. The bitmap of an index holds no rows. */
export const offenders = ({ nodes }: Explained, most: number) =>
  nodes.filter((node) => {
    const loops = node['Actual Loops'];
    const touched = loops * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0));
    // Of a search, which needs only so many of whatever matches, that is the shortest way.
    const whole =
      node['Node Type'] === 'Seq Scan' &&
      /^article(s|_categories|_authors)$/.test(node['Relation Name'] ?? '') &&
      loops > 0;
    return node['Node Type'] !== 'Bitmap Index Scan' && (whole || touched > most || loops > most);
  });
