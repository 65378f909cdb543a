import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { scopeOfRole } from '../../access/permissions.ts';
import { ANONYMOUS, actorOf, type Principal } from '../../access/principal.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { Mail } from '../../mail/mail.provider.ts';
import { invitationMessage, linkWithToken } from '../../mail/message.ts';
import { consumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { createAccount } from '../accounts/create-account.writer.ts';
import { findAccountByEmail } from '../accounts/accounts.queries.ts';
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

/** Decides about invitations, the only way to an account but for the command line. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly mail: Mail,
  ) {}

  /** Takes the place of an earlier invitation of the same person. Where the mail cannot be sent, there is none. */
  async create({ email, role, authorId = null }: InvitationCreate, visit: RequestContext, principal: Principal) {
    this.mail.assertAvailable();
    const [taken] = await findAccountByEmail(this.db, email);
    if (taken) throw fieldProblem('email_taken', '/email', 'An account has this e-mail address.');
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + LIFETIME_DAYS * DAY_MS);
    const invitation = { email, role, authorId, invitedBy: principal.accountId, hash: sha256(token), expiresAt };
    const created = await this.write(invitation, principal);
    const link = linkWithToken(this.config.publicUrl ?? visit.origin, 'accept-invitation', token);
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
    const [gone] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        await reauthorize(tx, principal, 'accounts.manage');
        return deleteInvitation(tx, actorOf(principal), id);
      }),
    );
    if (!gone) throw new Problem('not_found', `No invitation has the id ${id}.`);
  }

  /** @throws Problem `link_expired` without saying whether it never was, is too old, or was used or withdrawn */
  async accept({ token, name, password }: InvitationAcceptance, visit: RequestContext) {
    await consumeAttempt(this.db, linkAttemptsFrom(visit.address));
    const [invitation] = await findOpenInvitation(this.db, sha256(token));
    if (!invitation) throw new Problem('link_expired');
    const { id, email, role, authorId, invitedBy } = invitation;
    assertNotCommonPassword(password, email, '/password');
    const hash = await hashPassword(password);
    const actor = actorOf({ ...ANONYMOUS, address: visit.address });
    return this.db.transaction(async (tx) => {
      await assertInviterIsAdmin(tx, invitedBy);
      const [claimed] = await claimInvitation(tx, actor, id);
      if (!claimed) throw new Problem('link_expired');
      return createAccount(tx, actor, { name, email, role, authorId }, hash);
    });
  }

  private async write(invitation: Parameters<typeof insertInvitation>[2], principal: Principal) {
    const inTransaction = () =>
      this.db.transaction(async (tx) => {
        await reauthorize(tx, principal, 'accounts.manage');
        await deleteInvitationsOf(tx, actorOf(principal), invitation.email);
        return insertInvitation(tx, actorOf(principal), invitation);
      });
    // Of two at once the second did not see the first, whose place it takes on the next go.
    const [created] = await withRetry(inTransaction, (error) => isConstraintViolation(error, 'invitations_open_key'));
    if (!created) throw new Error('the insert returned no invitation');
    return created;
  }
}

/** An invitation is as good as who made it. @throws Problem `link_expired` when they could not make it any more */
async function assertInviterIsAdmin(tx: Database, invitedBy: number | null) {
  if (invitedBy === null) return;
  const [inviter] = await lockAccountForShare(tx, invitedBy);
  if (!inviter || inviter.suspendedAt || scopeOfRole(inviter.role, 'accounts.manage') === undefined) {
    throw new Problem('link_expired');
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
