import type { Database } from '../../../database/database.ts';
import { columnsOf, type RedirectTarget, targetOf } from '../../../redirects/redirect-target.ts';
import type { PlannedAddress } from '../plan/addresses.ts';
import { abbreviate } from '../report/truncate.ts';
import type { ImportContext } from './import-context.ts';
import { insertRedirects, listRedirectsOfPaths } from './redirect-rows.queries.ts';

/** An address whose row is known. */
interface TargetedAddress extends PlannedAddress {
  path: string;
  target: RedirectTarget;
  isNew: boolean;
}

/**
 * Writes the addresses that the site had as redirects. Those of an object are written when the object is created or its
 * addresses change in the file, so a redirect that was deleted or changed in Rubric stays so.
 */
export class AddressWriter {
  readonly #db: Database;
  readonly #context: ImportContext;
  #pending: TargetedAddress[] = [];

  constructor(db: Database, context: ImportContext) {
    this.#db = db;
    this.#context = context;
  }

  /** @param isNew whether the addresses are written, and not only compared */
  add(addresses: readonly PlannedAddress[], target: RedirectTarget, isNew: boolean): void {
    for (const address of addresses) {
      const { path } = address;
      if (path !== null) this.#pending.push({ ...address, path, target, isNew });
      else this.#skip(address, address.problem ?? '');
    }
  }

  async flush(): Promise<void> {
    const addresses = this.#pending;
    this.#pending = [];
    if (addresses.length === 0) return;
    const rows = addresses.filter(({ isNew }) => isNew).map(({ path, target }) => ({ path, ...columnsOf(target) }));
    const inserted = new Set((await insertRedirects(this.#db, rows)).rows.map(({ path }) => path));
    const paths = addresses.map(({ path }) => path);
    const present = new Map((await listRedirectsOfPaths(this.#db, paths)).map((row) => [row.path, targetOf(row)]));
    for (const address of addresses) {
      const { path } = address;
      const meant = present.get(path);
      if (meant !== undefined && !isEqual(meant, address.target)) this.#skip(address, meansSomethingElse(meant));
      else this.#context.report.count('addresses', inserted.delete(path) ? 'created' : 'unchanged');
    }
  }

  #skip({ line, text }: PlannedAddress, reason: string): void {
    this.#context.report.skip('addresses', line, reason, abbreviate(text));
  }
}

const isEqual = (one: RedirectTarget | null, other: RedirectTarget) => one?.type === other.type && one.id === other.id;

const meansSomethingElse = (target: RedirectTarget | null) =>
  target === null ? 'leads to nothing on purpose in Rubric' : 'leads to something else in Rubric';
