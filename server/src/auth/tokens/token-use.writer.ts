import { Logger } from '@nestjs/common';
import { actorOf, type Principal } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { Deduplicator } from '../../audit/deduplicator.ts';
import type { Database } from '../../database/database.ts';
import { addressKey } from '../../rate-limits/address.ts';
import { tryConsumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { BackgroundTasks } from '../../scheduling/background-tasks.ts';
import { updateTokenUsed } from './tokens.queries.ts';

const HOUR_MS = 3_600_000;
/** Pairs of token and address that are recorded per hour. Further ones are not. */
const MAX_USES_PER_HOUR = 10_000;

/** Records uses of tokens in the audit log, once an hour per token and address. The request does not wait for it. */
export class TokenUseWriter {
  private readonly logger = new Logger('Audit');
  private readonly tasks = new BackgroundTasks();
  private readonly deduplicator = new Deduplicator(HOUR_MS, MAX_USES_PER_HOUR);

  constructor(private readonly db: Database) {}

  /** Executes statements only for the first use in an hour. The request neither waits for them nor fails with them. */
  record(principal: Principal, tokenId: number): void {
    const use = `${tokenId} ${addressKey(principal.address ?? '')}`;
    if (!this.deduplicator.add(use, performance.now())) return;
    this.tasks.run(
      () => this.write(principal, tokenId, use),
      (error) => this.logger.warn({ err: error }, 'the use of a token could not be recorded in the audit log'),
    );
  }

  finished(): Promise<void> {
    return this.tasks.finished();
  }

  private async write(principal: Principal, tokenId: number, use: string) {
    // Another server can have recorded it already.
    if ((await tryConsumeAttempt(this.db, `token.use:${use}`, { burst: 1, perMs: HOUR_MS })) !== null) return;
    await updateTokenUsed(this.db, tokenId);
    await insertAuditEntry(this.db, actorOf(principal), { action: 'token.use', subject: 'token', subjectId: tokenId });
  }
}
