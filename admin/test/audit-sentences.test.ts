import { expect, test } from 'vitest';
import { rowKey } from '../src/audit/row-names.ts';
import { actionOptions, fieldName, nameIn, sentenceOf } from '../src/audit/sentences.ts';

type Entry = Parameters<typeof sentenceOf>[0];
const entryOf = (action: string, subject: string | null, subjectId: number | null) =>
  ({ action, subject, subjectId }) as Entry;
const NAMES = new Map([[3, 'Ida']]);
const ROWS = new Map([[rowKey('article', 13), 'Low water']]);

test.each([
  ['article.change', 'article', 12, 'Changed article 12'],
  ['article.change', 'article', 13, 'Changed the article “Low water”'],
  ['category.change', 'category', 13, 'Changed category 13'],
  ['article.trash', 'article', 12, 'Moved article 12 to the trash'],
  ['account.change', 'account', 3, 'Changed the account of Ida'],
  ['account.delete', 'account', 4, 'Deleted account 4'],
  ['session.create', 'account', 3, 'Signed in to the account of Ida'],
  ['session.refused', 'account', null, 'Failed to sign in to an account'],
  ['access.refused', null, null, 'Asked for something that was refused'],
  ['tag.create', 'tag', 1, 'tag.create, tag 1'],
  ['tag.sweep', null, null, 'tag.sweep'],
])('%s of %s %s is said as a sentence', (action, subject, id, sentence) => {
  expect(sentenceOf(entryOf(action, subject, id), NAMES, ROWS)).toBe(sentence);
});

test('each action to choose has words of its own, and the one in the URL is among them', () => {
  const options = actionOptions('tag.create');
  expect(options).toContainEqual({ value: 'article.create', label: 'Created an article' });
  expect(options).toContainEqual({ value: 'password.change', label: 'Changed the password of an account' });
  expect(options).toContainEqual({ value: 'tag.create', label: 'tag.create' });
  expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
});

test('A column has the words of the field that it is, and an unknown one its own name', () => {
  expect(fieldName('parent_id')).toBe(fieldName('parentId'));
  expect(fieldName('parentId')).toBe('Above it');
  expect(fieldName('tag_line')).toBe('tag_line');
});

test('An invitation is called by its address, an account by its name', () => {
  const entry = entryOf('invitation.create', 'invitation', 5);
  expect(nameIn({ ...entry, before: null, after: { email: 'ines@rubric.example', role: 'author' } })).toBe(
    'ines@rubric.example',
  );
  expect(nameIn({ ...entry, before: null, after: { email: 'ines@rubric.example', name: 'Ines' } })).toBe('Ines');
});
