import { Inject, Injectable } from '@nestjs/common';
import { type Principal, requireAccountId } from '../../access/principal.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { assertVersion, type ExpectedVersions } from '../../http/conditional-requests.ts';
import { Problem } from '../../http/problems.ts';
import { findPreferences, insertPreferences, updatePreferences } from './preferences.queries.ts';
import type { PreferencesReplacement } from './preferences.schema.ts';

const NONE = { values: {}, version: 0, updatedAt: null };

/** What a person chose in a front end, such as a theme: JSON that Rubric keeps and does not read. */
@Injectable()
export class PreferencesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findOne(principal: Principal) {
    const [preferences] = await findPreferences(this.db, requireAccountId(principal));
    return preferences ?? NONE;
  }

  async replace({ values }: PreferencesReplacement, principal: Principal, expectedVersions: ExpectedVersions) {
    const accountId = requireAccountId(principal);
    const [updated] = await updatePreferences(this.db, accountId, values, expectedVersions ?? null);
    if (updated) return updated;
    if (!expectedVersions || expectedVersions.includes(NONE.version)) {
      const [inserted] = await insertPreferences(this.db, accountId, values);
      if (inserted) return inserted;
    }
    const { version } = await this.findOne(principal);
    assertVersion(expectedVersions, version);
    // Two first writes at once, neither with a version: the other one was in between.
    throw new Problem('write_conflict');
  }
}
