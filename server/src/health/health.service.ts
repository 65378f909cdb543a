import { Inject, Injectable } from '@nestjs/common';
import { CONTROL_DATABASE, type Database } from '../database/database.ts';
import { findReadiness } from './health.queries.ts';

@Injectable()
export class HealthService {
  constructor(@Inject(CONTROL_DATABASE) private readonly db: Database) {}

  /** @throws if PostgreSQL does not respond; the filter converts the error to a 503 */
  async checkDatabase() {
    await findReadiness(this.db);
  }
}
