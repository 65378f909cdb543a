import { expect, test } from 'vitest';
import { WxrDates } from '../../src/imports/wordpress/wxr/wxr-dates.ts';
import { fixture, readAll, readItems } from './wxr-files.ts';

const day = (date: string): Date => new Date(`${date}Z`);

test.each([
  ['exact', day('2013-07-01T06:30:00'), day('2013-07-01T06:30:00')],
  ['draft of zeros', null, day('2013-07-02T06:30:00')],
  ['published of zeros', day('2013-07-03T06:30:00'), day('2013-07-03T06:30:00')],
  ['by pubDate', day('2013-07-04T12:00:00'), day('2013-07-04T12:00:00')],
  ['by its modified date', day('2013-07-05T16:00:00'), day('2013-07-05T16:00:00')],
  ['pending with a date', null, day('2013-07-07T16:00:00')],
  ['nonsense', null, null],
  ['nothing', null, null],
  ['deleted article', day('2013-07-08T16:00:00'), day('2013-07-08T16:00:00')],
  ['deleted draft with a date', null, day('2013-07-09T16:00:00')],
  ['deleted draft of zeros', null, day('2013-07-10T16:00:00')],
  ['scheduled', day('2999-12-31T23:59:59'), day('2999-12-31T23:59:59')],
  ['year one', day('0001-01-01T00:00:00'), day('0001-01-01T00:00:00')],
])('dates of an item: %s', async (title, publishedAt, createdAt) => {
  const item = (await readItems(await fixture('trash-and-dates'))).find((it) => it.title === title);
  expect(item).toMatchObject({ publishedAt, createdAt });
});

test('a date that was assumed or cannot be read is reported, a draft without one is not', async () => {
  const records = await readAll(await fixture('trash-and-dates'));
  const warnings = records.filter((record) => record.kind === 'warning');
  expect(warnings.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '9 assumed_offset',
    '11 assumed_offset',
    '13 unreadable_date',
  ]);
});

test('the trash tells what it took, and gives slugs back', async () => {
  const items = (await readItems(await fixture('trash-and-dates'))).filter((item) => item.status === 'trash');
  expect(items.map(({ trashedFrom, slug }) => [trashedFrom, slug])).toEqual([
    ['publish', 'old-news'],
    ['draft', null],
    [null, null],
  ]);
});

test.each([
  '2015-02-29 00:00:00',
  '2015-02-30 00:00:00',
  '2015-04-31 00:00:00',
  '2015-00-00 00:00:00',
  '2015-01-01 24:00:00',
  '2015-01-01 00:60:00',
  '2015-01-01',
  '15-01-01 00:00:00',
  'null',
])('no date: %s', (gmt) => {
  expect(new WxrDates().read({ gmt, local: '' })).toEqual({ at: null, how: 'unreadable' });
});

test.each([
  ['2016-02-29 23:59:59', day('2016-02-29T23:59:59')],
  ['2016-02-29T23:59:59Z', day('2016-02-29T23:59:59')],
  ['2016-02-29 23:59', day('2016-02-29T23:59:00')],
])('a date: %s', (gmt, at) => {
  expect(new WxrDates().read({ gmt, local: 'whatever' })).toEqual({ at, how: 'exact' });
});

test('without any hint the local time is taken for UTC', () => {
  const found = new WxrDates().read({ gmt: '0000-00-00 00:00:00', local: '2016-01-01 10:00:00' });
  expect(found).toEqual({ at: day('2016-01-01T10:00:00'), how: 'assumed' });
});

test('a difference that no zone has is not taken for an offset', () => {
  const dates = new WxrDates();
  dates.read({ gmt: '2016-01-01 10:00:00', local: '2016-03-01 10:07:00' });
  const found = dates.read({ gmt: '', local: '2016-01-01 10:00:00' });
  expect(found.at).toEqual(day('2016-01-01T10:00:00'));
});

test('a pubDate far from the local time is not believed', () => {
  const date = { gmt: '', local: '2016-01-01 10:00:00', pubDate: 'Sun, 03 Jan 2016 10:00:00 +0000' };
  expect(new WxrDates().read(date)).toEqual({ at: day('2016-01-01T10:00:00'), how: 'assumed' });
});
