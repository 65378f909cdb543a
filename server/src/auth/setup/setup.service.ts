import { Inject, Injectable, Logger } from '@nestjs/common';
import { ANONYMOUS, actorOf } from '../../access/principal.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { consumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { createAccount } from '../accounts/create-account.writer.ts';
import { linkAttemptsFrom } from '../attempt-limits.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import {
  deleteSetupCode,
  findAccountExists,
  findSetupCode,
  insertSetupCode,
  lockSetupCode,
  updateSetupCode,
} from './setup.queries.ts';
import type { Setup } from './setup.schema.ts';
import { isSetupCode, newSetupCode, type SetupCode } from './setup-code.ts';

/**
 * Creates the first admin of an installation over HTTP. Requires the code that the server prints at its start; all servers
 * of a database share it. Attempts lock its row: of two with the right code only one creates an account, and five
 * concurrent wrong ones count as five.
 */
@Injectable()
export class SetupService {
  private readonly logger = new Logger('Setup');

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Returns the code to print when the server starts; undefined if there are accounts. */
  async code(): Promise<string | undefined> {
    if (!(await this.isRequired())) return undefined;
    await insertSetupCode(this.db, JSON.stringify(newSetupCode()));
    const [stored] = await findSetupCode(this.db);
    return stored && parse(stored.value).code;
  }

  async state() {
    return { required: await this.isRequired() };
  }

  /** @throws Problem `already_set_up`, or `invalid_credentials` for a wrong code */
  async create({ code, password, ...account }: Setup, context: RequestContext) {
    if (!(await this.isRequired())) throw new Problem('already_set_up');
    await consumeAttempt(this.db, linkAttemptsFrom(context.address));
    assertNotCommonPassword(password, account.email, '/password');
    const passwordHash = await hashPassword(password, this.config.passwordHashCost);
    const actor = actorOf({ ...ANONYMOUS, address: context.address });
    const isRight = await this.db.transaction(async (tx) => {
      if (!(await this.claimCode(tx, code))) return false;
      await createAccount(tx, actor, { ...account, role: 'admin', authorId: null }, passwordHash);
      return true;
    });
    // Thrown after the transaction, which has counted the attempt.
    if (!isRight)
      throw fieldProblem('invalid_credentials', '/code', 'The code is not the one that the server printed last.');
  }

  private async isRequired(): Promise<boolean> {
    const [accounts] = await findAccountExists(this.db);
    return accounts?.exists !== true;
  }

  /** Deletes the code if it is right, otherwise counts a wrong attempt. */
  private async claimCode(tx: Database, typed: string): Promise<boolean> {
    const [stored] = await lockSetupCode(tx);
    // A concurrent attempt that had the lock before has used the code.
    const [accounts] = await findAccountExists(tx);
    if (accounts?.exists) throw new Problem('already_set_up');
    const present = stored && parse(stored.value);
    if (present && isSetupCode(present, typed)) {
      await deleteSetupCode(tx);
      return true;
    }
    await this.countWrong(tx, present);
    return false;
  }

  private async countWrong(tx: Database, present: SetupCode | undefined) {
    if (present && present.tries > 1) {
      await updateSetupCode(tx, JSON.stringify({ ...present, tries: present.tries - 1 }));
      return;
    }
    const next = newSetupCode();
    await (present ? updateSetupCode : insertSetupCode)(tx, JSON.stringify(next));
    this.logger.warn(`the code for the first admin was guessed wrong too often; the new one is ${next.code}`);
  }
}

const parse = (value: string) => JSON.parse(value) as SetupCode;
