import { useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Page } from '../design/page.tsx';
import { HeadCell, Table, TableHead, WIDE_ONLY } from '../design/table.tsx';
import { texts } from '../texts/texts.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { TokenRow } from './token-row.tsx';
import { tokensQuery } from './tokens.queries.ts';

/** What programs sign in with. */
export function TokensScreen() {
  const { data: tokens } = useSuspenseQuery(tokensQuery).data;
  const [isCreating, setCreating] = useState(false);
  // It is in another place as soon as there is a token.
  const button = useRef<HTMLButtonElement>(null);
  const create = (
    <Button ref={button} look="primary" icon="add" onClick={() => setCreating(true)}>
      {texts.tokens.create}
    </Button>
  );
  return (
    <Page title={texts.screens.tokens} lead={texts.tokens.lead} actions={tokens.length > 0 && create}>
      {tokens.length === 0 ? (
        <EmptyState title={texts.tokens.empty} action={create}>
          {texts.tokens.whatFor}
        </EmptyState>
      ) : (
        <Table label={texts.screens.tokens}>
          <TableHead>
            <HeadCell>{texts.tokens.name}</HeadCell>
            <HeadCell>{texts.tokens.role}</HeadCell>
            <HeadCell className={WIDE_ONLY}>{texts.tokens.owner}</HeadCell>
            <HeadCell className={WIDE_ONLY}>{texts.tokens.lastUsed}</HeadCell>
            <HeadCell className={WIDE_ONLY}>{texts.tokens.validUntil}</HeadCell>
            <HeadCell>
              <span className="sr-only">{texts.design.actions}</span>
            </HeadCell>
          </TableHead>
          <tbody>
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </tbody>
        </Table>
      )}
      <NewTokenDialog open={isCreating} onClose={() => setCreating(false)} finalFocus={button} />
    </Page>
  );
}
