import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { DATABASE, type Database } from '../database/database.ts';

@Injectable()
export class HealthService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws when PostgreSQL does not answer; the filter makes a 503 of it */
  async check() {
    await this.db.execute(sql`select 1`);
  }
}
