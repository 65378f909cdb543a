import { Inject, Injectable } from '@nestjs/common';
import { scopeOfRole } from '../../access/permissions.ts';
import { ANONYMOUS, actorOf, type Principal } from '../../access/principal.ts';
import { hashOfSecret, newSecret } from '../../access/secret.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { notFound } from '../../http/not-found.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { Mail } from '../../mail/mail.provider.ts';
import { invitationMessage, linkWithToken } from '../../mail/message.ts';
import { limitFailures } from '../../rate-limits/attempts.writer.ts';
import { findAccountByEmail } from '../accounts/accounts.queries.ts';
import { createAccount } from '../accounts/create-account.writer.ts';
import { lockAccountForShare } from '../accounts/reauthorize.queries.ts';
import { reauthorize } from '../accounts/reauthorize.reader.ts';
import { linkAttemptsFrom } from '../attempt-limits.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import {
  claimInvitation,
  deleteInvitation,
  deleteInvitationsOf,
  findOpenInvitation,
  insertInvitation,
  listInvitations,
} from './invitations.queries.ts';
import type { InvitationAcceptance, InvitationCreate } from './invitations.schema.ts';

const LIFETIME_DAYS = 7;
const DAY_MS = 86_400_000;

/** Manages invitations, the only way to create an account over HTTP. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly mail: Mail,
  ) {}

  /** Creates and emails an invitation, replacing an earlier one to the address. Deletes it if the email cannot be sent. */
  async create({ email, role, authorId = null }: InvitationCreate, context: RequestContext, principal: Principal) {
    this.mail.assertAvailable();
    const [account] = await findAccountByEmail(this.db, email);
    if (account) throw fieldProblem('email_taken', '/email', 'Another account has this email address.');
    const token = newSecret();
    const expiresAt = new Date(Date.now() + LIFETIME_DAYS * DAY_MS);
    const invitation = { email, role, authorId, invitedBy: principal.accountId, hash: hashOfSecret(token), expiresAt };
    const created = await this.replaceInvitation(invitation, principal);
    const link = linkWithToken(this.config.publicUrl ?? context.origin, 'accept-invitation', token);
    await this.mail.send(invitationMessage(email, link, LIFETIME_DAYS)).catch(async (error: unknown) => {
      await deleteInvitation(this.db, actorOf(principal), created.id);
      throw error;
    });
    return { ...created, link };
  }

  async findAll() {
    return { data: await listInvitations(this.db) };
  }

  async remove(id: number, principal: Principal) {
    const [deleted] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        await reauthorize(tx, principal, 'accounts.manage');
        return deleteInvitation(tx, actorOf(principal), id);
      }),
    );
    if (!deleted) throw notFound('invitation', { id });
  }

  /** @throws Problem `link_expired` without revealing whether the link was unknown, expired, used or revoked */
  accept(body: InvitationAcceptance, context: RequestContext) {
    return limitFailures(this.db, linkAttemptsFrom(context.address), () => this.createInvited(body, context));
  }

  private async createInvited({ token, name, password }: InvitationAcceptance, context: RequestContext) {
    const [invitation] = await findOpenInvitation(this.db, hashOfSecret(token));
    if (!invitation) throw new Problem('link_expired');
    const { id, email, role, authorId, invitedBy } = invitation;
    assertNotCommonPassword(password, email, '/password');
    const passwordHash = await hashPassword(password, this.config.passwordHashCost);
    const actor = actorOf({ ...ANONYMOUS, address: context.address });
    return this.db.transaction(async (tx) => {
      await assertInviterIsAdmin(tx, invitedBy);
      const [claimed] = await claimInvitation(tx, actor, id);
      if (!claimed) throw new Problem('link_expired');
      return createAccount(tx, actor, { name, email, role, authorId }, passwordHash);
    });
  }

  private async replaceInvitation(invitation: Parameters<typeof insertInvitation>[2], principal: Principal) {
    const replace = () =>
      this.db.transaction(async (tx) => {
        await reauthorize(tx, principal, 'accounts.manage');
        await deleteInvitationsOf(tx, actorOf(principal), invitation.email);
        return insertInvitation(tx, actorOf(principal), invitation);
      });
    // A concurrent invitation to the same address is invisible to the delete. The retry sees and replaces it.
    const [created] = await withRetry(replace, (error) => isConstraintViolation(error, 'invitations_open_key'));
    if (!created) throw new Error('the insert returned no invitation');
    return created;
  }
}

/** @throws Problem `link_expired` if the account that created the invitation could no longer create it */
async function assertInviterIsAdmin(tx: Database, invitedBy: number | null) {
  if (invitedBy === null) return;
  const [inviter] = await lockAccountForShare(tx, invitedBy);
  if (!inviter || inviter.suspendedAt || scopeOfRole(inviter.role, 'accounts.manage') === undefined) {
    throw new Problem('link_expired');
  }
}
