import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { Leases } from './rate-limiter.writer.ts';
import { LimitsWorker } from './rate-limits.worker.ts';

@Module({
  providers: [
    LimitsWorker,
    {
      provide: Leases,
      useFactory: (db: Database, { limits }: Config) => new Leases(db, limits.requestsPerMinute),
      inject: [DATABASE, CONFIG],
    },
  ],
  exports: [Leases],
})
export class RateLimitsModule {}
