import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Page, Section } from '../design/page.tsx';
import { HeadCell, Table, TableHead, WIDE_ONLY } from '../design/table.tsx';
import { texts } from '../texts/texts.ts';
import { AccountRow } from './account-row.tsx';
import { accountsQuery } from './accounts.queries.ts';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';

/** Everybody who can sign in, and who has been invited to. */
export function AccountsScreen() {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(accountsQuery);
  const [isInviting, setInviting] = useState(false);
  const accounts = data.pages.flatMap((page) => page.data);
  return (
    <Page
      title={texts.screens.accounts}
      lead={texts.accounts.lead(data.pages[0]?.page.total ?? accounts.length)}
      actions={
        <Button look="primary" icon="add" onClick={() => setInviting(true)}>
          {texts.accounts.invite}
        </Button>
      }
    >
      <Table label={texts.screens.accounts}>
        <TableHead>
          <HeadCell>{texts.accounts.name}</HeadCell>
          <HeadCell>{texts.accounts.role}</HeadCell>
          <HeadCell className={WIDE_ONLY}>{texts.accounts.secondFactor}</HeadCell>
          <HeadCell className={WIDE_ONLY}>{texts.accounts.since}</HeadCell>
          <HeadCell>
            <span className="sr-only">{texts.design.actions}</span>
          </HeadCell>
        </TableHead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <Button className="mt-4" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.design.more}
        </Button>
      )}
      <Section title={texts.accounts.invitations} lead={texts.accounts.invitationsLead}>
        <Invitations />
      </Section>
      <InviteDialog open={isInviting} onClose={() => setInviting(false)} />
    </Page>
  );
}
