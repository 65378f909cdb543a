import { expect, test } from 'vitest';
import { author, importText, link, newDatabase, outcomes, post, type TestDatabase, wxrExport } from './build-export.ts';

const coAuthor = (nicename: string, name = nicename) => link(`cap-${nicename}`, { name, taxonomy: 'author' });

const authorsOf = async ({ rows }: TestDatabase) => {
  const links = await rows<{ name: string }>(
    'select name from article_authors join authors on id = author_id order by article_id, article_authors.position',
  );
  return links.map(({ name }) => name);
};

const fileOf = (...links: string[]) =>
  wxrExport([author('ann', 'Ann'), author('bea.w', 'Bea'), post({ creator: 'ann', links })]);

test('the co-authors of a post are its authors, in order, by login or nicename', async () => {
  const database = await newDatabase();
  const file = fileOf(coAuthor('bea-w', 'bea.w'), coAuthor('ann', 'ann'), coAuthor('guest', 'Guest'));
  const report = await importText(database, file);
  expect(await authorsOf(database)).toEqual(['Bea', 'Ann', 'Guest']);
  expect(outcomes(report, 'authors', 'authorLinks', 'otherLinks')).toEqual([
    'authors 3/0/0/0',
    'authorLinks 3/0/0/1',
    'otherLinks 0/0/0/0',
  ]);
  expect(report.messages('authorLinks', 'skipped')).toEqual(['also a co-author: ann']);
  expect(report.messages('authors')).toEqual(['used by posts but not declared in the file: Guest']);
  expect(outcomes(await importText(database, file), 'posts', 'authorLinks')).toEqual([
    'posts 0/0/1/0',
    'authorLinks 0/0/3/1',
  ]);
});

test('a creator who is no co-author is no author, and a newer file can change the co-authors', async () => {
  const database = await newDatabase();
  await importText(database, fileOf());
  expect(await authorsOf(database)).toEqual(['Ann']);
  const report = await importText(database, fileOf(coAuthor('bea.w'), coAuthor('bea.w')));
  expect(await authorsOf(database)).toEqual(['Bea']);
  expect(report.messages('authorLinks', 'skipped').toSorted()).toEqual([
    'duplicate link: bea.w',
    'its post has co-authors instead: ann',
  ]);
});

test('the creator of a post is an author by login, name, email address or nicename, unless several have it', async () => {
  const database = await newDatabase();
  const authors = [
    author('Ann.K', 'Ann', 'ann@harbour.example'),
    author('bea', 'ann-k', 'desk@harbour.example'),
    author('cy', 'Cy', 'desk@harbour.example'),
  ];
  const creators = ['ann.k', 'ANN', 'Ann@harbour.example', 'ann-k', 'desk@harbour.example'];
  const posts = creators.map((creator, index) => post({ id: index + 1, creator }));
  await importText(database, wxrExport([...posts, ...authors]));
  expect(await authorsOf(database)).toEqual(['Ann', 'Ann', 'Ann', 'ann-k', 'desk@harbour.example']);
  const other = await newDatabase();
  await importText(other, wxrExport([post({ creator: 'ann-k' }), author('Ann.K', 'Ann')]));
  expect(await authorsOf(other)).toEqual(['Ann']);
});

test('co-authors of PublishPress Authors have no prefix: if a post has its creator as a term, all terms are authors', async () => {
  const database = await newDatabase();
  const byline = (nicename: string, name: string) => link(nicename, { name, taxonomy: 'author' });
  const posts = [
    post({ id: 1, creator: 'desk', links: [byline('guest', 'Gus Guest')] }),
    post({ id: 2, creator: 'Ann.K', links: [byline('bea', 'Bea'), byline('ann-k', 'Ann')] }),
    post({ id: 3, type: 'page', links: [byline('bea', 'Bea')] }),
  ];
  const file = wxrExport([author('Ann.K', 'Ann'), author('bea', 'Bea'), author('desk', 'Desk'), ...posts]);
  const report = await importText(database, file);
  expect(await authorsOf(database)).toEqual(['Gus Guest', 'Bea', 'Ann']);
  expect(outcomes(report, 'authors', 'authorLinks', 'otherLinks')).toEqual([
    'authors 4/0/0/0',
    'authorLinks 3/0/0/3',
    'otherLinks 0/0/0/0',
  ]);
  expect(outcomes(await importText(database, file), 'posts', 'authorLinks')).toEqual([
    'posts 0/0/2/0',
    'authorLinks 0/0/3/3',
  ]);
});

test('other terms of a taxonomy called author, and co-authors of pages, are skipped', async () => {
  const database = await newDatabase();
  const book = link('tolstoy', { taxonomy: 'author' });
  const elements = [post({ creator: 'ann', links: [book] }), post({ id: 2, type: 'page', links: [coAuthor('ann')] })];
  const report = await importText(database, wxrExport(elements));
  expect(outcomes(report, 'authors', 'authorLinks', 'otherLinks')).toEqual([
    'authors 1/0/0/0',
    'authorLinks 1/0/0/1',
    'otherLinks 0/0/0/1',
  ]);
});
