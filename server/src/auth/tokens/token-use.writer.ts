import { Logger } from '@nestjs/common';
import { actorOf, type Principal } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { Deduplicator } from '../../audit/deduplicator.ts';
import type { Database } from '../../database/database.ts';
import { addressKey } from '../../rate-limits/address.ts';
import { tryConsume } from '../../rate-limits/rate-limits.writer.ts';
import { updateTokenUsed } from './tokens.queries.ts';

const HOUR_MS = 3_600_000;
/** Tokens and addresses; of more in an hour, no use is noted. */
const MAX_USES_PER_HOUR = 10_000;

/** Notes that a token was used, from where: once an hour for each address, and behind the back of the request. */
export class TokenUseWriter {
  private readonly logger = new Logger('Audit');
  private readonly deduplicator = new Deduplicator(HOUR_MS, MAX_USES_PER_HOUR);

  constructor(private readonly db: Database) {}

  /** Costs no statement but for the first use in an hour. The request does not wait for that one, nor fail with it. */
  record(principal: Principal, tokenId: number): void {
    const use = `${tokenId} ${addressKey(principal.address ?? '')}`;
    if (!this.deduplicator.isNew(use, performance.now())) return;
    this.write(principal, tokenId, use).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'the use of a token was not noted in the audit log'),
    );
  }

  private async write(principal: Principal, tokenId: number, use: string) {
    // Other servers may have noted it.
    if ((await tryConsume(this.db, `token.use:${use}`, { burst: 1, perMs: HOUR_MS })) !== null) return;
    await updateTokenUsed(this.db, tokenId);
    await insertAuditEntry(this.db, actorOf(principal), { action: 'token.use', subject: 'token', subjectId: tokenId });
  }
}
