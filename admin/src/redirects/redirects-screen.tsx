import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { HeadCell, Table, TableHead } from '../design/table.tsx';
import { texts } from '../texts/texts.ts';
import { AddRedirect } from './add-redirect.tsx';
import { RedirectRows } from './redirect-rows.tsx';
import { redirectsQuery } from './redirects.queries.ts';

const route = getRouteApi('/signed-in/redirects');

/** The addresses of another system, and where they lead. */
export function RedirectsScreen() {
  const { path } = route.useSearch();
  const list = useSuspenseInfiniteQuery(redirectsQuery(path));
  const [isAdding, setAdding] = useState(false);
  const total = list.data.pages[0]?.page.total ?? 0;
  return (
    <Page
      title={texts.screens.redirects}
      lead={path === undefined ? texts.redirects.lead(total) : texts.redirects.found(total)}
      actions={
        <Button look="primary" icon="add" onClick={() => setAdding(true)}>
          {texts.redirects.add}
        </Button>
      }
    >
      <FindPath key={path ?? ''} path={path ?? ''} />
      {total > 0 && (
        <Table label={texts.screens.redirects}>
          <TableHead>
            <HeadCell>{texts.redirects.path}</HeadCell>
            <HeadCell>{texts.redirects.target}</HeadCell>
            <HeadCell className="max-sm:hidden">{texts.redirects.since}</HeadCell>
            <HeadCell>
              <span className="sr-only">{texts.design.actions}</span>
            </HeadCell>
          </TableHead>
          <tbody>
            {/* The names of each page are asked for at once. */}
            {list.data.pages.map(({ data }) => (
              <RedirectRows key={data[0]?.id ?? 0} redirects={data} />
            ))}
          </tbody>
        </Table>
      )}
      {total === 0 && path !== undefined && <EmptyState title={texts.redirects.noMatch} />}
      {total === 0 && path === undefined && (
        <EmptyState title={texts.redirects.none}>{texts.redirects.noneHint}</EmptyState>
      )}
      <p className="mt-4 max-w-2xl text-sm text-soft">{texts.redirects.renamed}</p>
      {list.hasNextPage && (
        <Button className="mt-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {texts.design.more}
        </Button>
      )}
      {isAdding && <AddRedirect onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** Finds a redirect by its whole path, as it was copied from somewhere. */
function FindPath({ path }: { path: string }) {
  const [typed, setTyped] = useState(path);
  const navigate = route.useNavigate();
  return (
    <search className="mb-3 block">
      <form
        className="flex max-w-xl items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: typed.trim() === '' ? {} : { path: typed.trim() } });
        }}
      >
        <TextField
          type="search"
          className="flex-1"
          label={texts.redirects.find}
          labelHidden
          placeholder={texts.redirects.find}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit">{texts.redirects.findAction}</Button>
      </form>
    </search>
  );
}
