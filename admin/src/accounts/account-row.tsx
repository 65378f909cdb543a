import type { Account } from '@rubric/client';
import { useState } from 'react';
import { useAccount } from '../api/account.ts';
import { Badge } from '../design/badge.tsx';
import { IconButton } from '../design/button.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { ActionCell, Cell, NameCell, Row, WIDE_ONLY } from '../design/table.tsx';
import { Time } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';
import { DeleteAccount, DisableSecondFactor } from './account-confirmations.tsx';
import { EditAccountDialog } from './edit-account-dialog.tsx';
import { useAccountUpdate } from './use-account-update.ts';

/** One account, and what an admin can do with it. */
export function AccountRow({ account }: { account: Account }) {
  const [open, setOpen] = useState<'edit' | 'delete' | 'second-factor'>();
  const update = useAccountUpdate();
  const isOwn = useAccount().id === account.id;
  const isSuspended = account.suspendedAt !== null;
  const close = () => setOpen(undefined);
  return (
    <Row>
      <NameCell>
        <span className={isSuspended ? 'text-soft' : undefined}>{account.name}</span>{' '}
        {isOwn && <Badge>{texts.accounts.you}</Badge>}
        {isSuspended && <Badge tone="danger">{texts.accounts.suspended}</Badge>}
        <span className="block font-normal text-soft">{account.email}</span>
      </NameCell>
      <Cell>{texts.roles[account.role].name}</Cell>
      <Cell className={WIDE_ONLY}>
        {account.secondFactor ? texts.accounts.on : <span className="text-faint">{texts.accounts.off}</span>}
      </Cell>
      <Cell className={`${WIDE_ONLY} text-soft`}>
        <Time at={account.createdAt} />
      </Cell>
      <ActionCell>
        <Menu trigger={<IconButton icon="more" label={texts.accounts.actionsOf(account.name)} />}>
          <MenuItem icon="person" onSelect={() => setOpen('edit')}>
            {texts.accounts.edit}
          </MenuItem>
          {account.secondFactor && !isOwn && (
            <MenuItem icon="key" onSelect={() => setOpen('second-factor')}>
              {texts.accounts.disableSecondFactor}
            </MenuItem>
          )}
          {!isOwn && (
            <>
              <MenuItem icon="lock" onSelect={() => update({ id: account.id, body: { suspended: !isSuspended } })}>
                {isSuspended ? texts.accounts.readmit : texts.accounts.suspend}
              </MenuItem>
              <MenuLine />
              <MenuItem icon="trash" danger onSelect={() => setOpen('delete')}>
                {texts.accounts.delete}
              </MenuItem>
            </>
          )}
        </Menu>
        {open === 'edit' && <EditAccountDialog account={account} onClose={close} />}
        {open === 'delete' && <DeleteAccount account={account} onClose={close} />}
        {open === 'second-factor' && <DisableSecondFactor account={account} onClose={close} />}
      </ActionCell>
    </Row>
  );
}
