import { revokeToken, type Token } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAccount } from '../api/account.ts';
import { accountNamesQuery } from '../api/account-names.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ActionCell, Cell, NameCell, Row, WIDE_ONLY } from '../design/table.tsx';
import { Time } from '../design/time.tsx';
import { ConfirmMutation } from '../forms/confirm-mutation.tsx';
import { texts } from '../texts/texts.ts';

/** One token. A revoked one stays in the list, for those who read the audit log. */
export function TokenRow({ token }: { token: Token }) {
  const [isRevoking, setRevoking] = useState(false);
  const isRevoked = token.revokedAt !== null;
  const end = token.expiresAt ? <Time at={token.expiresAt} relative={false} /> : texts.tokens.noEnd;
  return (
    <Row>
      <NameCell>
        <span className={isRevoked ? 'text-soft line-through' : undefined}>{token.name}</span>{' '}
        {isRevoked && <Badge tone="danger">{texts.tokens.revoked}</Badge>}
        <span className={`${WIDE_ONLY} block font-mono text-xs font-normal text-soft`}>rubric_{token.prefix}_…</span>
      </NameCell>
      <Cell>
        {texts.roles[token.role].name}
        <span className="block text-xs text-soft md:hidden">
          {token.expiresAt && texts.tokens.validUntil} {end}
        </span>
        {token.readOnly && <span className="block text-xs text-soft">{texts.tokens.readOnly}</span>}
        {token.categoryIds && (
          <span className="block text-xs text-soft">{texts.tokens.inCategories(token.categoryIds.length)}</span>
        )}
      </Cell>
      <Cell className={WIDE_ONLY}>
        <Owner accountId={token.accountId} />
      </Cell>
      <Cell className={`${WIDE_ONLY} text-soft`}>
        {token.lastUsedAt ? <Time at={token.lastUsedAt} /> : texts.tokens.never}
      </Cell>
      <Cell className={`${WIDE_ONLY} text-soft`}>{end}</Cell>
      <ActionCell>
        {!isRevoked && (
          <Button
            look="quiet"
            size="sm"
            aria-label={texts.tokens.revokeOf(token.name)}
            onClick={() => setRevoking(true)}
          >
            {texts.tokens.revoke}
          </Button>
        )}
        {isRevoking && <Revoke token={token} onClose={() => setRevoking(false)} />}
      </ActionCell>
    </Row>
  );
}

function Owner({ accountId }: { accountId: number | null }) {
  const account = useAccount();
  const { data: names } = useQuery({ ...accountNamesQuery, enabled: account.role === 'admin' });
  if (accountId === null) return texts.tokens.installation;
  return accountId === account.id ? account.name : (names?.get(accountId) ?? texts.tokens.accountOf(accountId));
}

const Revoke = ({ token: { id, name }, onClose }: { token: Token; onClose: () => void }) => (
  <ConfirmMutation
    danger
    title={texts.tokens.revokeTitle(name)}
    action={texts.tokens.revoke}
    run={() => revokeToken({ path: { id } })}
    invalidates={['tokens']}
    done={texts.tokens.wasRevoked(name)}
    failure={texts.tokens.couldNotRevoke}
    onClose={onClose}
  >
    {texts.tokens.revokeDetail}
  </ConfirmMutation>
);
