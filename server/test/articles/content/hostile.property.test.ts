import { describe, expect, test } from 'vitest';
import { type Content, renderContent } from '../../../src/articles/content/render-content.ts';
import { RenderingCache } from '../../../src/articles/content/rendering-cache.ts';
import { RenderingThread } from '../../../src/articles/content/rendering-thread.provider.ts';
import { expectProblem } from '../../harness/problem.ts';
import { newArticle } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const MIB = 1_048_576;
const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** What made a renderer or sanitizer that was tried slow: nested tags, lists, brackets, footnotes. */
const HOSTILE: [what: string, content: string][] = [
  ['20,000 nested tags', '<div>'.repeat(20_000)],
  ['200,000 nested tags', '<div>'.repeat(200_000)],
  ['20,000 nested tags that are closed', '<b>'.repeat(20_000) + '</b>'.repeat(20_000)],
  ['20,000 unknown tags', '<x-y a="<b>">'.repeat(20_000)],
  ['20,000 frames', '<iframe>'.repeat(20_000)],
  ['800 nested lists', lines(800, (n) => `${'  '.repeat(n)}- a`)],
  ['20,000 nested quotes', '> '.repeat(20_000)],
  ['100 kB of backticks', '`'.repeat(100_000)],
  ['10,000 brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['2,000 footnotes', lines(2_000, (n) => `[^${n}]\n\n[^${n}]: a\n`)],
  ['footnotes in footnotes', '[^a]: '.repeat(20_000)],
  ['100 kB of emphasis', '*a **a _b '.repeat(10_000)],
  ['a style of 100 kB', `<p style="${'text-align:'.repeat(10_000)}">`],
  ['20,000 attributes', `<p ${lines(20_000, (n) => `a${n}=b`)}>`],
];

/** Of CPU time. Each takes less than 100 ms beside nothing else; most of it is the compiler's, the first time. */
const MAX_MS = 500;
const ATTEMPTS = 3;

describe.each(['markdown', 'html'] as const)('Hostile %s costs little', (contentFormat) => {
  test.each(HOSTILE)('%s', (_, content) => {
    let ms = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < ATTEMPTS && ms > MAX_MS; attempt += 1) {
      const start = process.threadCpuUsage();
      renderContent({ content, contentFormat });
      const { user, system } = process.threadCpuUsage(start);
      ms = (user + system) / 1_000;
    }
    expect(ms).toBeLessThan(MAX_MS);
  });
});

test('A text whose HTML would be gigabytes long is refused with the fields to leave out, and its content is there', async () => {
  const content = `[a]: /${'x'.repeat(50_000)}\n\n${'[a] '.repeat(10_000)}`;
  const { id } = await newArticle(server.as.editor, { content });
  for (const field of ['html', 'wordCount', 'readingMinutes']) {
    const response = await server.anonymous.get(`/articles/${id}?fields=title,${field}`);
    expectProblem(response, 503, 'too_expensive', ['/fields']);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.body.detail).toContain('Leave out html, wordCount and readingMinutes.');
  }
  expect((await server.anonymous.get(`/articles/${id}?fields=content`)).body).toEqual({ content });
  expect((await server.anonymous.get(`/articles/${id}`)).status).toBe(200);
});

test('While 1 MiB is rendered, this thread answers others, with HTML too', async () => {
  const hostile = await newArticle(server.as.editor, { content: '!['.repeat(500_000) });
  const other = await newArticle(server.as.editor, { content: 'a' });
  const start = process.threadCpuUsage();
  let isDone = false;
  const slow = server.anonymous.get(`/articles/${hostile.id}?fields=html`).then((response) => {
    isDone = true;
    return response;
  });
  const { body } = await server.anonymous.get(`/articles/${other.id}?fields=html`);
  expect({ isDone, html: body.html }).toEqual({ isDone: false, html: '<p>a</p>\n' });
  // In time, or refused: it takes 3 s of CPU, and 5 s on the clock are the limit.
  expect([200, 503]).toContain((await slow).status);
  const { user, system } = process.threadCpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(500);
});

describe('The thread', () => {
  const render = async (thread: RenderingThread, content: Content) => (await thread.render(content))?.html;

  test('is replaced when a content takes too much time', async () => {
    const thread = new RenderingThread(1);
    expect(await thread.render({ content: '['.repeat(MIB), contentFormat: 'markdown' })).toBeNull();
    await thread.stop();
  });

  test('renders the next content after one that took too much memory', async () => {
    const thread = new RenderingThread(60_000, 32);
    const large = { content: '# a\n'.repeat(MIB / 4), contentFormat: 'markdown' } as const;
    expect(await thread.render(large)).toBeNull();
    expect(await render(thread, { content: 'b', contentFormat: 'markdown' })).toBe('<p>b</p>\n');
    await thread.stop();
  });
});

describe('What is kept', () => {
  const rendered = (html: string) => ({ html, wordCount: 1 });

  test('is limited: what was used last stays', () => {
    const cache = new RenderingCache();
    const large = 'x'.repeat(6 * MIB);
    cache.set('a', rendered(large), 0);
    cache.set('b', rendered(large), 0);
    expect(cache.get('a', 0)?.html).toBe(large);
    cache.set('c', rendered(large), 0);
    expect([cache.get('a', 0)?.html.length, cache.get('b', 0)]).toEqual([large.length, undefined]);
    cache.set('c', rendered('small'), 0);
    cache.set('b', rendered(large), 0);
    expect(cache.get('a', 0)?.html.length).toBe(large.length);
  });

  test('includes for a minute what could not be rendered', () => {
    const cache = new RenderingCache();
    cache.set('a', null, 1_000);
    expect([cache.get('a', 60_999), cache.get('a', 61_000), cache.get('b', 0)]).toEqual([null, undefined, undefined]);
  });
});
