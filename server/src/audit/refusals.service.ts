import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, actorOf } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import type { DeniedRequests } from '../http/denied-requests.ts';
import type { ProblemCode } from '../http/problems.ts';
import { addressKey } from '../rate-limits/address.ts';
import { insertAuditEntry } from './audit.queries.ts';
import { Deduplicator } from './deduplicator.ts';
import { loggedPath } from './logged-path.ts';

/** A refused sign-in is noted by who refuses it, and with more. */
const NOTED: ProblemCode[] = ['unauthorized', 'forbidden', 'origin_not_allowed'];
const SPAN_MS = 60_000;
/** A flood from everywhere cannot fill the log: so many entries a minute, and no more. */
const MOST = 1_000;

/** Notes in the audit log who was turned away: once a minute for an address and a kind of path. */
@Injectable()
export class DeniedRequestsService implements DeniedRequests {
  private readonly logger = new Logger('Audit');
  private readonly recently = new Deduplicator(SPAN_MS, MOST);

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  record(request: FastifyRequest, code: ProblemCode) {
    if (!NOTED.includes(code) || (code === 'unauthorized' && isAnonymous(request))) return;
    const principal = request.principal ?? { ...ANONYMOUS, address: request.ip };
    const route = `${request.method} ${request.routeOptions.url ?? '*'}`;
    const who = `${addressKey(request.ip)} ${principal.tokenId ?? ''} ${principal.accountId ?? ''}`;
    if (!this.recently.isNew(`${who} ${route} ${code}`, performance.now())) return;
    const after = { method: request.method, path: loggedPath(request.routeOptions.url, request.params), code };
    insertAuditEntry(this.db, actorOf(principal), {
      action: 'access.refused',
      subject: null,
      subjectId: null,
      after,
    }).then(undefined, (error: unknown) =>
      this.logger.warn({ err: error }, 'a refusal was not noted in the audit log'),
    );
  }
}

/** Nobody in particular, who did not try to be somebody. */
const isAnonymous = ({ headers }: FastifyRequest) =>
  headers.authorization === undefined && headers.cookie === undefined;
