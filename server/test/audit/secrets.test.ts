import { expect, test } from 'vitest';
import { newToken } from '../../src/auth/tokens/token-format.ts';
import { Client } from '../harness/client.ts';
import { bodySchema, operations } from '../harness/operations.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

/** All rows of the audit log, as text. */
async function auditLogText(): Promise<string> {
  const { rows } = await server.database.pool.query('select entry::text from audit_log as entry');
  expect(rows.length).toBeGreaterThan(10);
  return JSON.stringify(rows);
}

test('V16.2.5 After each operation was called once, the audit log contains no secret', async () => {
  const invalidToken = newToken().token;
  const session = 'rubric_session=planted-session-secret';
  const { body: token } = await server.as.admin.post('/tokens', { name: 'planted', role: 'admin' });
  const holder = new Client(server.url, token.token);
  await newArticle(holder);
  await newAuthor(holder);
  await newCategory(holder);
  const invalidCredentials: Record<string, string>[] = [
    { authorization: `Bearer ${invalidToken}` },
    { cookie: session },
    { cookie: session, origin: server.url },
  ];
  for (const operation of operations) {
    const path = operation.path.replace(/\{[^}]+\}/g, '1');
    const body = bodySchema(operation)?.examples?.[0];
    for (const headers of invalidCredentials) {
      const url = `${path}?password=planted-password&token=${invalidToken}`;
      await server.anonymous.call(operation.method, url, body, { headers });
      await server.anonymous.call(operation.method, operation.path.replace(/\{[^}]+\}/g, invalidToken), body, {
        headers,
      });
    }
    await server.as.reader.call(operation.method, path, body);
    if (operation.method !== 'DELETE') await holder.call(operation.method, path, body);
  }
  await server.as.admin.delete(`/tokens/${token.id}`);
  await holder.get('/articles');
  const { rows: hashes } = await server.database.pool.query("select encode(hash, 'hex') as hash from api_tokens");
  const log = await auditLogText();
  const secretOf = (issuedToken: string) => issuedToken.slice('rubric_0123456789abcdef_'.length);
  for (const secret of [secretOf(invalidToken), secretOf(token.token), 'planted-', ...hashes.map(({ hash }) => hash)]) {
    expect(log).not.toContain(secret);
  }
});
