import { Inject, Injectable } from '@nestjs/common';
import { type Principal, requireAccountId } from '../../access/principal.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { assertVersion, type ExpectedVersions } from '../../http/conditional-requests.ts';
import { Problem } from '../../http/problems.ts';
import { findPreferences, replacePreferences, updatePreferences } from './preferences.queries.ts';
import type { PreferencesReplacement } from './preferences.schema.ts';

const NONE = { values: {}, version: 0, updatedAt: null };

/** The choices of a user in front ends, such as a theme: JSON that Rubric stores and does not interpret. */
@Injectable()
export class PreferencesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findOne(principal: Principal) {
    const [preferences] = await findPreferences(this.db, requireAccountId(principal));
    return preferences ?? NONE;
  }

  async replace({ values }: PreferencesReplacement, principal: Principal, expectedVersions: ExpectedVersions) {
    const accountId = requireAccountId(principal);
    const isFirstExpected = !expectedVersions || expectedVersions.includes(NONE.version);
    const [written] = isFirstExpected
      ? await replacePreferences(this.db, accountId, values, expectedVersions ?? null)
      : await updatePreferences(this.db, accountId, values, expectedVersions);
    if (written) return written;
    const { version } = await this.findOne(principal);
    assertVersion(expectedVersions, version);
    // A concurrent write has changed the version to an expected one.
    throw new Problem('write_conflict');
  }
}
