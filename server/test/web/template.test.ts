import { expect, test } from 'vitest';
import { readTemplate } from '../../src/web/template.ts';

const link = readTemplate<'path' | 'description'>('home-link.html');
const layout = readTemplate<'title' | 'body'>('layout.html');

test('A template escapes values in text and in attributes', () => {
  const { markup } = link({ path: `/"onclick='x'`, description: '<script>&amp; $& {{path}}' });
  expect(markup).toContain('href="/&quot;onclick=&#39;x&#39;"');
  expect(markup).toContain('<dd>&lt;script&gt;&amp;amp; $&amp; {{path}}</dd>');
});

test('A template inserts the output of other templates without escaping it again', () => {
  const links = [link({ path: '/a', description: 'A & B' }), link({ path: '/c', description: 'C' })];
  const page = String(layout({ title: 'x', body: links }));
  expect(page).toContain('<dd>A &amp; B</dd></div>\n<div>');
});

test('A template throws if a name has no value', () => {
  expect(() => layout({ title: 'x' } as never)).toThrow('layout.html has no value for body.');
});
