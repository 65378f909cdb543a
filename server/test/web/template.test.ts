import { expect, test } from 'vitest';
import { compileTemplate } from '../../src/web/template.ts';

const link = compileTemplate<'path' | 'description'>('<a href="{{path}}">{{description}}</a>\n');
const layout = compileTemplate<'title' | 'body'>('<title>{{title}}</title>{{body}}');

test('A template escapes values in text and in attributes', () => {
  const { markup } = link({ path: `/"onclick='x'`, description: '<script>&amp; $& {{path}}' });
  expect(markup).toContain('href="/&quot;onclick=&#39;x&#39;"');
  expect(markup).toContain('>&lt;script&gt;&amp;amp; $&amp; {{path}}</a>');
});

test('A template inserts the output of other templates without escaping it again', () => {
  const links = [link({ path: '/a', description: 'A & B' }), link({ path: '/c', description: 'C' })];
  expect(String(layout({ title: 'x', body: links }))).toBe(
    '<title>x</title><a href="/a">A &amp; B</a>\n<a href="/c">C</a>',
  );
});

test('A template throws if a name has no value', () => {
  expect(() => layout({ title: 'x' } as never)).toThrow('The template has no value for body.');
});
