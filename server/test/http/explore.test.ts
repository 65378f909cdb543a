import { test } from 'vitest';
import { useServer } from '../harness/server.ts';
const server = useServer();
test('explore', async () => {
  const show = async (m: string, p: string, b?: any, h: any = {}) => {
    try {
    const token = (server.as.admin as any).token;
    const r = await fetch(server.url + p, { method: m, redirect: 'manual', body: b, headers: { authorization: `Bearer ${token}`, ...(b !== undefined && { 'content-type': 'application/json' }), ...h }, ...(b instanceof ReadableStream && {duplex:'half'}) } as any);
    const t = await r.text();
    console.log(m, p.slice(0, 60), String(b).slice(0, 60), '=>', r.status, t.slice(0, 420), m === 'OPTIONS' || r.status === 405 ? r.headers.get('allow') : '');
    } catch (e) { console.log(m, p.slice(0,60), String(b).slice(0, 60), 'ERR', (e as any).cause ?? e); }
  };
  for (const b of ['', 'null', '[]', '"x"', '1', '{', '{"title":1}', '{"title":"a\\u0000b"}', '{"title":"\\ud800"}', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), '{"title":"x","__proto__":{"a":1}}', '{"title":"x","constructor":1}',
    '{"title":"x","categoryIds":[9007199254740993]}','{"title":"x","categoryIds":[9223372036854775807]}','{"title":"x","categoryIds":[9223372036854775808]}','{"title":"x","categoryIds":[1e400]}','{"title":"x","categoryIds":[1.5]}','{"title":"x","categoryIds":["1"]}','{"title":"x","categoryIds":null}','{"title":"x","categoryIds":{}}','{"title":"x","categoryIds":[-1,0,true,null]}',
    '\uFEFF{"title":"x"}', '[['.repeat(1000)+']]'.repeat(1000), '['.repeat(400000)+'1234567890123456'+']'.repeat(400000), '{"title":'+'['.repeat(400000)+']'.repeat(400000)+'}', '{"title":"'+'x'.repeat(1048576)+'"}', JSON.stringify({title:'x',categoryIds:Array.from({length:1001},(_, i)=>i+1)}), '{"title":"x","publishedAt":"2026-02-30T00:00:00Z"}', '{"title":"x","publishedAt":"0000-01-01T00:00:00Z"}', '{"title":"  "}', '{"title":"x","slug":"123"}', '{"title":"x","contentFormat":"pdf"}', '{"title":"x","a/b~c":1}', '{"name":"x"}', '{"title":"x","title":"y"}'])
    await show('POST', '/articles', b);
  for (const ct of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/merge-patch+json', 'application/jsonx', '', 'garbage', 'APPLICATION/JSON'])
    await show('POST', '/articles', '{"title":"ct"}', { 'content-type': ct });
  await show('POST', '/articles', '{"title":"ct"}', { 'content-encoding': 'gzip' });
  await show('DELETE', '/articles/999', '{"title":"ct"}', { 'content-type': 'text/plain' });
  await show('DELETE', '/articles/999', '', { });
  await show('GET', '/articles', undefined, { 'content-type': 'application/json' });
  for (const p of ['/articles/%', '/articles/%zz', '/articles/%00', '/articles/%ff', '/articles/a%2fb', '/articles/' + 'a'.repeat(1001), '/articles/' + 'a'.repeat(1000), '/articles/' + 'a'.repeat(15000), '/articles/9223372036854775807', '/articles/9223372036854775808', '/articles/9007199254740993', '/articles/0', '/articles/-1', '/articles/00001', '/articles/1.0', '/articles/١', '/articles/', '/articles//', '//articles', '/Articles', '/articles/1/categories/9223372036854775807', '/articles?limit=1&limit=2', '/articles?limit=0', '/articles?limit=-1', '/articles?limit=101', '/articles?limit=abc', '/articles?limit=1.0', '/articles?limit=%D9%A1', '/articles?limit=', '/articles?limit', '/articles?=1', '/articles?&&', '/articles?', '/articles?__proto__=1', '/articles?constructor=1', '/articles?fields=', '/articles?fields=id,nope', '/articles?total=1', '/articles?page=1&after=x', '/articles?after=x', '/articles?limit=%', '/articles?%=1', '/health/live?x=1', '/health/live?a/b~c=1', '/articles/999?token=abc', '/articles/999?trashed=true&trashed=true', '/nope', '/docs', '/docs/', '/docs/swagger-ui.css', '/docs/package.json', '/docs/../package.json', '/docs/%2e%2e/package.json', '/docs/nope', '/openapi.json', '/problems/nope', '/problems/not_found', '/', '/favicon.ico', '/robots.txt', '/articles/999;x=1', '/articles/a#b', '/health/live/'])
    await show('GET', p);
  for (const [m, p] of [['HEAD', '/articles'], ['HEAD', '/health/live'], ['OPTIONS', '/articles'], ['OPTIONS', '*'], ['PUT', '/articles'], ['DELETE', '/articles'], ['PATCH', '/articles/1/categories/1'], ['PROPFIND', '/articles'], ['QUERY', '/articles'], ['TRACE', '/articles'], ['POST', '/docs'], ['POST', '/'], ['POST', '/nope'], ['PUT', '/articles/1/categories/9223372036854775807'], ['DELETE', '/articles/9223372036854775807'], ['PATCH', '/categories/9223372036854775807'], ['POST', '/articles/9223372036854775807/restore']] as const) await show(m, p, m === 'PATCH' ? '{}' : undefined);
  await show('POST', '/categories', '{"name":"x","parentId":9223372036854775807}');
  await show('POST', '/categories', '{"name":"x","position":99999999999}');
  await show('POST', '/categories', '{"name":"x","position":-0}');
  await show('PATCH', '/articles/1', '{}', { 'if-match': 'nope' });
});
