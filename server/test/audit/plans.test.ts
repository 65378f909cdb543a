import { beforeAll, expect, test } from 'vitest';
import { describeNode, explain } from '../articles/list/explained.ts';
import { useServer } from '../harness/server.ts';

const server = useServer({ PIPELINING: 'off' });

beforeAll(async () => {
  const { pool } = server.database;
  await pool.query(`insert into audit_log (at, via, account_id, token_id, action, subject, subject_id)
    select '2025-01-01'::timestamptz + n * interval '1 minute', 'http', case when n % 10 = 0 then 1 + n % 70 end,
      case when n % 10 > 0 then 1 + n % 9 end,
      case when n % 300 = 0 then 'article.delete' when n % 10 = 0 then 'article.change'
        when n % 3 = 0 then 'article.create' else 'article.link' end, 'article', 1 + n / 30
    from generate_series(1, 30000) as n`);
  await pool.query('vacuum analyze audit_log');
});

const HOUR = 'at[gte]=2025-01-10T10:00:00Z&at[lt]=2025-01-10T11:00:00Z';
const LONG_AGO = 'at[lt]=2025-01-02T00:00:00Z';

/** Requests a page of 20 and returns it with the plan of its statement. */
async function page(query: string) {
  const { body, statements } = await explain(server, `/audit?limit=20&${query}`, server.as.admin);
  // Background tasks can execute statements in between.
  const nodes = statements
    .filter(({ sql }) => sql.includes('from "audit_log"'))
    .flatMap((statement) => statement.nodes);
  return { body, nodes, how: nodes.map(describeNode).join('\n') };
}

test('a page of a frequent action, which no index by action covers, is found in the index by time', async () => {
  const { body, nodes, how } = await page('action=article.link');
  expect(body.data).toHaveLength(20);
  expect(nodes[1]?.['Rows Removed by Filter'], how).toBeLessThan(60);
});

test.each([
  ['without a filter', ''],
  ['a rare action', 'action=article.delete'],
  ['an action without entries', 'action=category.delete'],
  ['a rare action, long ago', `action=article.delete&${LONG_AGO}`],
  ['a token', 'token=7'],
  ['a token without entries', 'token=4611686018427387904'],
  ['a token, within an hour', `token=7&${HOUR}`],
  ['an account', 'account=31'],
  ['an account, long ago', `account=31&${LONG_AGO}`],
  ['an article', 'subject=article&subjectId=777'],
  ['an hour', HOUR],
  ['a time long ago', LONG_AGO],
  ['the latest entries', 'at[gte]=2025-01-21T19:00:00Z'],
  ['a time in the future', 'at[gte]=2999-01-01T00:00:00Z'],
])('%s: every page is one range of an index', async (_, query) => {
  let { body, nodes, how } = await page(query);
  for (let n = 0; n < 3; n += 1) {
    expect(
      nodes.map((node) => node['Node Type']),
      how,
    ).toEqual(['Limit', 'Index Scan']);
    expect(nodes[1]?.['Rows Removed by Filter'] ?? 0, how).toBe(0);
    if (body.page.next === null) return;
    ({ body, nodes, how } = await page(`${query}&after=${body.page.next}`));
  }
});
