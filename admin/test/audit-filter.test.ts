import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAuditFilter, queryOfFilter } from '../src/audit/audit-filter.ts';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'America/New_York';
});
afterEach(() => {
  process.env['TZ'] = zone;
});

test('A filter is read from the URL, without what cannot be one', () => {
  expect(parseAuditFilter({ account: '7', action: 'article.change', subject: 'article', from: '2026-03-08' })).toEqual({
    account: 7,
    action: 'article.change',
    subject: 'article',
    from: '2026-03-08',
  });
  const hostile = { account: '-1', action: '<img>', subject: '', subjectId: '1.5', from: 'today', to: ['2026-01-01'] };
  expect(parseAuditFilter(hostile)).toEqual({});
});

test('Days are those of the zone of the person, the last one included, also when the clocks change', () => {
  expect(queryOfFilter({ from: '2026-03-08', to: '2026-03-08' })).toEqual({
    'at[gte]': '2026-03-08T05:00:00.000Z',
    'at[lt]': '2026-03-09T04:00:00.000Z',
  });
  expect(queryOfFilter({ account: 7, to: '2026-12-31' })).toEqual({ account: 7, 'at[lt]': '2027-01-01T05:00:00.000Z' });
});
