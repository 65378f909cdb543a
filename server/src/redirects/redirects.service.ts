import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../access/principal.ts';
import { readScopeOf } from '../articles/visibility/visibility.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { withRetry } from '../database/retry.ts';
import { notFound } from '../http/not-found.ts';
import { Problem, quoted } from '../http/problems.ts';
import { columnsOf, locationOf, rowOfPath, toRedirect } from './redirect-target.ts';
import { deleteRedirect, findRedirect, insertRedirect } from './redirects.queries.ts';
import type { RedirectCreate } from './redirects.schema.ts';
import { findTargetOfPath } from './resolve.queries.ts';

/** Paths of other systems, and the rows that they lead to. */
@Injectable()
export class RedirectsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async create({ path, target }: RedirectCreate, principal: Principal) {
    const row = { path, ...columnsOf(target) };
    const [created] = await withRetry(() => insertRedirect(this.db, actorOf(principal), row));
    if (!created) throw new Error('the insert returned no redirect');
    return toRedirect(created);
  }

  async findOne(id: number) {
    const [row] = await findRedirect(this.db, id);
    if (!row) throw notFound('redirect', { id });
    return toRedirect(row);
  }

  async remove(id: number, principal: Principal) {
    const [deleted] = await withRetry(() => deleteRedirect(this.db, actorOf(principal), id));
    if (!deleted) throw notFound('redirect', { id });
  }

  /**
   * Finds the row that a path leads to: by its redirect, or else the row that a path of this API names, by its current or
   * an old slug. Does not guess the meaning of other paths.
   *
   * @throws Problem `not_found`, also if the caller cannot read the row, and `gone` if the path is gone
   */
  async resolve(path: string, principal: Principal) {
    const [found] = await findTargetOfPath(this.db, path, rowOfPath(path), readScopeOf(principal));
    if (found?.isGone) throw new Problem('gone', `What was at ${quoted(path)} is gone.`);
    if (!found?.type) throw new Problem('not_found', `Nothing is known at ${quoted(path)}.`);
    const { type, id, slug } = found;
    return { type, id, slug, location: locationOf(type, slug) };
  }
}
