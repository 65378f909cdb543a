import { type Invitation, revokeInvitation } from '@rubric/client';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { ActionCell, Cell, HeadCell, NameCell, Row, Table, TableHead } from '../design/table.tsx';
import { Time, useNow } from '../design/time.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { invitationsQuery } from './accounts.queries.ts';

/** The invitations that wait for an answer. */
export function Invitations() {
  const { data } = useSuspenseQuery(invitationsQuery);
  const open = data.data.filter(({ acceptedAt }) => acceptedAt === null);
  if (open.length === 0) return <EmptyState title={texts.accounts.noInvitations} />;
  return (
    <Table label={texts.accounts.invitations}>
      <TableHead>
        <HeadCell>{texts.accounts.email}</HeadCell>
        <HeadCell>{texts.accounts.role}</HeadCell>
        <HeadCell>{texts.accounts.validUntil}</HeadCell>
        <HeadCell>
          <span className="sr-only">{texts.design.actions}</span>
        </HeadCell>
      </TableHead>
      <tbody>
        {open.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </tbody>
    </Table>
  );
}

function InvitationRow({ invitation: { id, email, role, expiresAt } }: { invitation: Invitation }) {
  const queryClient = useQueryClient();
  const now = useNow();
  const { mutate, isPending } = useMutation({
    mutationFn: () => revokeInvitation({ path: { id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['accounts', 'invitations'] });
      toast.done({ title: texts.accounts.revoked(email) });
    },
    meta: { failure: texts.accounts.couldNotRevoke },
  });
  return (
    <Row>
      <NameCell>{email}</NameCell>
      <Cell>{texts.roles[role].name}</Cell>
      <Cell className="text-soft">
        {new Date(expiresAt) < now ? texts.accounts.expired : <Time at={expiresAt} relative={false} />}
      </Cell>
      <ActionCell>
        <Button
          look="quiet"
          size="sm"
          busy={isPending}
          onClick={() => mutate()}
          aria-label={texts.accounts.revokeOf(email)}
        >
          {texts.accounts.revoke}
        </Button>
      </ActionCell>
    </Row>
  );
}
