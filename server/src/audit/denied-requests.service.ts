import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, actorOf } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import type { DeniedRequests } from '../http/denied-requests.ts';
import type { ProblemCode } from '../http/problems.ts';
import { addressKey } from '../rate-limits/address.ts';
import { BackgroundTasks } from '../scheduling/background-tasks.ts';
import { insertAuditEntry } from './audit.queries.ts';
import { Deduplicator } from './deduplicator.ts';
import { redactPath } from './redacted-path.ts';

/** `invalid_credentials` is missing: the sign-in service records refused sign-ins itself, with the account. */
const LOGGED_CODES: ProblemCode[] = ['unauthorized', 'forbidden', 'origin_not_allowed'];
const WINDOW_MS = 60_000;
/** Limits the entries per minute, so that a flood from many addresses cannot fill the log. */
const MAX_ENTRIES_PER_WINDOW = 1_000;

/** Records denied requests in the audit log: once a minute per address, caller, route and code. */
@Injectable()
export class DeniedRequestsService implements DeniedRequests, OnApplicationShutdown {
  private readonly logger = new Logger('Audit');
  private readonly tasks = new BackgroundTasks();
  private readonly deduplicator = new Deduplicator(WINDOW_MS, MAX_ENTRIES_PER_WINDOW);

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  record(request: FastifyRequest, code: ProblemCode) {
    if (!LOGGED_CODES.includes(code) || (code === 'unauthorized' && hasNoCredentials(request))) return;
    const principal = request.principal ?? { ...ANONYMOUS, address: request.ip };
    const route = `${request.method} ${request.routeOptions.url ?? '*'}`;
    const caller = `${addressKey(request.ip)} ${principal.tokenId ?? ''} ${principal.accountId ?? ''}`;
    if (!this.deduplicator.add(`${caller} ${route} ${code}`, performance.now())) return;
    const after = { method: request.method, path: redactPath(request.routeOptions.url, request.params), code };
    const entry = { action: 'access.refused', subject: null, subjectId: null, after };
    this.tasks.run(
      async () => insertAuditEntry(this.db, actorOf(principal), entry),
      (error) => this.logger.warn({ err: error }, 'a denied request could not be recorded in the audit log'),
    );
  }

  onApplicationShutdown(): Promise<void> {
    return this.tasks.finished();
  }
}

/** Returns whether the request sent neither a token nor a cookie. Its 401 is not worth an entry. */
const hasNoCredentials = ({ headers }: FastifyRequest) =>
  headers.authorization === undefined && headers.cookie === undefined;
