import { type UseQueryResult, useQueries, useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { accountNamesQuery } from '../api/account-names.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Page } from '../design/page.tsx';
import { HeadCell, Table, TableHead, WIDE_ONLY } from '../design/table.tsx';
import { texts } from '../texts/texts.ts';
import { auditQuery } from './audit.queries.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { type RowNames, rowNamesQuery } from './row-names.ts';

const route = getRouteApi('/signed-in/audit');

/** Who did what, when and from where. */
export function AuditScreen() {
  const filter = route.useSearch();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(auditQuery(filter));
  const { data: names } = useQuery(accountNamesQuery);
  const rows = useQueries({ queries: data.pages.map((page) => rowNamesQuery(page.data)), combine: joinNames });
  const entries = data.pages.flatMap((page) => page.data);
  return (
    <Page title={texts.screens.audit} lead={texts.audit.lead}>
      <AuditFilters filter={filter} names={names ?? new Map()} />
      {entries.length === 0 ? (
        <EmptyState title={texts.audit.empty}>{texts.audit.emptyDetail}</EmptyState>
      ) : (
        <Table label={texts.screens.audit}>
          <TableHead>
            <HeadCell className={WIDE_ONLY}>{texts.audit.at}</HeadCell>
            <HeadCell className={WIDE_ONLY}>{texts.audit.by}</HeadCell>
            <HeadCell>{texts.audit.action}</HeadCell>
            <HeadCell>{texts.audit.changed}</HeadCell>
          </TableHead>
          <tbody>
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} names={names ?? new Map()} rows={rows} />
            ))}
          </tbody>
        </Table>
      )}
      {hasNextPage && (
        <Button className="mt-4" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.design.more}
        </Button>
      )}
    </Page>
  );
}

const joinNames = (pages: UseQueryResult<[string, string][]>[]): RowNames =>
  new Map(pages.flatMap(({ data }) => data ?? []));
