import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { findReadiness } from './health.queries.ts';

@Injectable()
export class HealthService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws when PostgreSQL does not answer; the filter makes a 503 of it */
  async check() {
    await findReadiness(this.db);
  }
}
