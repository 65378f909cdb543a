import { expect, test } from 'vitest';
import { WxrDateResolver } from '../../src/imports/wordpress/wxr/wxr-dates.ts';
import { fixture, readAll, readItems } from './wxr-files.ts';

const utc = (timestamp: string): Date => new Date(`${timestamp}Z`);

test.each([
  ['exact', utc('2013-07-01T06:30:00'), utc('2013-07-01T06:30:00')],
  ['draft of zeros', null, utc('2013-07-02T06:30:00')],
  ['published of zeros', utc('2013-07-03T06:30:00'), utc('2013-07-03T06:30:00')],
  ['by pubDate', utc('2013-07-04T12:00:00'), utc('2013-07-04T12:00:00')],
  ['by its modified date', utc('2013-07-05T16:00:00'), utc('2013-07-05T16:00:00')],
  ['pending with a date', null, utc('2013-07-07T16:00:00')],
  ['nonsense', null, null],
  ['nothing', null, null],
  ['deleted article', utc('2013-07-08T16:00:00'), utc('2013-07-08T16:00:00')],
  ['deleted draft with a date', null, utc('2013-07-09T16:00:00')],
  ['deleted draft of zeros', null, utc('2013-07-10T16:00:00')],
  ['scheduled', utc('2999-12-31T23:59:59'), utc('2999-12-31T23:59:59')],
  ['year one', utc('0001-01-01T00:00:00'), utc('0001-01-01T00:00:00')],
])('dates of an item: %s', async (title, publishedAt, createdAt) => {
  const item = (await readItems(await fixture('trash-and-dates'))).find((it) => it.title === title);
  expect(item).toMatchObject({ publishedAt, createdAt });
});

test('assumed and unreadable dates have a warning, a draft without a date has none', async () => {
  const records = await readAll(await fixture('trash-and-dates'));
  const warnings = records.filter((record) => record.kind === 'warning');
  expect(warnings.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '9 assumed_offset',
    '11 assumed_offset',
    '13 unreadable_date',
  ]);
});

test('an item in the trash has its previous status and slug', async () => {
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
  '2015-01/01',
  '2015-13-01',
  '2015-1-32',
  '2015-1-1 1:1:1',
  '2015-01-01T00:00:00+2',
  '01/02/2015 10:00',
  'Mon Feb 30 2015 15:05:08 GMT+0000 (UTC)',
  'Mon Feb 02 2015 15:05:08',
  '15-01-01 00:00:00',
  'null',
])('not a date: %s', (gmt) => {
  expect(new WxrDateResolver().resolve({ gmt, local: '' })).toEqual({ date: null, certainty: 'unreadable' });
});

test.each([
  ['2016-02-29 23:59:59', utc('2016-02-29T23:59:59')],
  ['2016-02-29T23:59:59Z', utc('2016-02-29T23:59:59')],
  ['2016-03-01T01:59:59+02:00', utc('2016-02-29T23:59:59')],
  ['2016-02-29T20:59:59.123-0300', utc('2016-02-29T23:59:59')],
  ['Mon, 29 Feb 2016 23:59:59 +0000', utc('2016-02-29T23:59:59')],
  ['Tue Mar 01 2016 01:59:59 GMT+0200 (Central European Time)', utc('2016-02-29T23:59:59')],
  ['2016-02-29 23:59', utc('2016-02-29T23:59:00')],
  ['2016-2-9 3:04:05', utc('2016-02-09T03:04:05')],
  ['2016/02/29 23:59:59', utc('2016-02-29T23:59:59')],
  ['2016-02-29', utc('2016-02-29T00:00:00')],
])('a date: %s', (gmt, date) => {
  expect(new WxrDateResolver().resolve({ gmt, local: 'whatever' })).toEqual({ date, certainty: 'exact' });
});

test.each([
  ['Mon, 29 Feb 16 23:59:59 EST', utc('2016-03-01T04:59:59')],
  ['29 Feb 2016 23:59 PDT', utc('2016-03-01T06:59:00')],
  ['Monday, 29 February 2016 23:59:59 +00:00', utc('2016-02-29T23:59:59')],
  ['2016-03-01T01:59:59+02:00', utc('2016-02-29T23:59:59')],
])('a publication date as RFC 822 allows it, or nearly so: %s', (pubDate, date) => {
  expect(new WxrDateResolver().resolve({ gmt: '', local: '', pubDate })).toEqual({ date, certainty: 'exact' });
});

test('a GMT date in a year that is a mistake does not hide a local date', () => {
  const date = { gmt: '0002-11-30 00:00:00', local: '2016-01-01 10:00:00', pubDate: 'Fri, 01 Jan 2016 08:00:00 +0000' };
  expect(new WxrDateResolver().resolve(date)).toEqual({ date: utc('2016-01-01T08:00:00'), certainty: 'exact' });
  const { date: local } = new WxrDateResolver().resolve({ ...date, pubDate: '' });
  expect(local).toEqual(utc('2016-01-01T10:00:00'));
});

test.each([
  ['of the epoch', '1970-01-01 00:00:00'],
  ["of mktime's zeros", '1999-11-30 00:00:00'],
])('a GMT date %s does not hide a local date, unless that is the same', (_, gmt) => {
  const resolved = new WxrDateResolver().resolve({ gmt, local: '2018-05-02 10:00:00' });
  expect(resolved).toEqual({ date: utc('2018-05-02T10:00:00'), certainty: 'assumed' });
  const near = new WxrDateResolver().resolve({ gmt, local: gmt.replace('00:00:00', '09:00:00') });
  expect(near).toEqual({ date: utc(gmt), certainty: 'exact' });
  expect(new WxrDateResolver().resolve({ gmt, local: '' })).toEqual({ date: utc(gmt), certainty: 'exact' });
});

test.each([
  'Mon, 30 Nov -0001 00:00:00 +0000',
  'Tue, 30 Nov 1999 00:00:00 +0000',
  'Thu, 01 Jan 1970 00:00:00 +0000',
  '2016-01-01T10:00:00',
  '02 Foo 2016 10:00:00 +0000',
])('a publication date that is no date: %s', (pubDate) => {
  const zeros = '0000-00-00 00:00:00';
  const resolved = new WxrDateResolver().resolve({ gmt: zeros, local: zeros, pubDate });
  expect(resolved).toEqual({ date: null, certainty: 'absent' });
});

test('local time is read as UTC if the file shows no offset', () => {
  const resolved = new WxrDateResolver().resolve({ gmt: '0000-00-00 00:00:00', local: '2016-01-01 10:00:00' });
  expect(resolved).toEqual({ date: utc('2016-01-01T10:00:00'), certainty: 'assumed' });
});

test('a difference that is not a UTC offset is ignored', () => {
  const dates = new WxrDateResolver();
  dates.resolve({ gmt: '2016-01-01 10:00:00', local: '2016-03-01 10:07:00' });
  const resolved = dates.resolve({ gmt: '', local: '2016-01-01 10:00:00' });
  expect(resolved.date).toEqual(utc('2016-01-01T10:00:00'));
});

test('a pubDate far from the local time is ignored', () => {
  const date = { gmt: '', local: '2016-01-01 10:00:00', pubDate: 'Sun, 03 Jan 2016 10:00:00 +0000' };
  expect(new WxrDateResolver().resolve(date)).toEqual({ date: utc('2016-01-01T10:00:00'), certainty: 'assumed' });
});

test('a local time with its own UTC offset is exact, and shows the offset of the next one', () => {
  const dates = new WxrDateResolver();
  const own = dates.resolve({ gmt: '', local: 'Wed Jul 22 2015 17:05:08 GMT+0200 (CEST)' });
  expect(own).toEqual({ date: utc('2015-07-22T15:05:08'), certainty: 'exact' });
  const next = dates.resolve({ gmt: '', local: '2015-07-23 10:00:00' });
  expect(next).toEqual({ date: utc('2015-07-23T08:00:00'), certainty: 'assumed' });
});
