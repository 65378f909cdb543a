import { expect, test } from 'vitest';
import { ImportReport } from '../../src/imports/wordpress/report/import-report.ts';
import { KINDS, type Kind } from '../../src/imports/wordpress/report/kinds.ts';
import { reportText } from '../../src/imports/wordpress/report/report-text.ts';

const inFile = (counts: Partial<Record<Kind, number>>) =>
  ({ ...Object.fromEntries(KINDS.map((kind) => [kind, 0])), ...counts }) as Record<Kind, number>;

test('the totals match the counts in the file, or an error names the kind that differs', () => {
  const report = new ImportReport();
  report.count('posts', 'created', 2);
  report.update('posts', 12, ['title']);
  report.skip('comments', 12, 'Rubric has no comments', null, 3);
  report.skip('comments', 13, 'Rubric has no comments', null, 0);
  expect(report.totals(inFile({ posts: 3, comments: 3 })).posts).toEqual({
    inFile: 3,
    created: 2,
    updated: 1,
    unchanged: 0,
    skipped: 0,
  });
  expect(report.writtenCount('posts', 'comments')).toBe(3);
  expect(() => report.totals(inFile({ posts: 4, comments: 3 }))).toThrow(
    'The import report does not match the file: 4 posts in the file, 3 in the report.',
  );
});

test('entries with the same reason are grouped, with their first lines', () => {
  const report = new ImportReport();
  for (let line = 10; line < 17; line += 1) report.skip('attachments', line, 'Rubric stores no files');
  report.warn('posts', 30, 'the title is missing', 'imported as “x”');
  report.skip('comments', 31, 'Rubric has no comments', null, 4);
  const text = reportText(report.totals(inFile({ attachments: 7, comments: 4 })), report);
  expect(text).toBe(`             in file  = created  + updated  + unchanged  + skipped
attachments        7          0          0            0          7
comments           4          0          0            0          4

Skipped
  attachments: Rubric stores no files (7)
    lines 10, 11, 12, 13, 14
    and 2 more (see --json)
  comments: Rubric has no comments (4)
    line 31 (4)

Warnings
  posts: the title is missing
    line 30: imported as “x”
`);
});
