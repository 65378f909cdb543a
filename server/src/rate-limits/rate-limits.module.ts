import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { RateLimiter } from './rate-limiter.writer.ts';
import { RateLimitsWorker } from './rate-limits.worker.ts';

@Module({
  providers: [
    RateLimitsWorker,
    {
      provide: RateLimiter,
      useFactory: (db: Database, { limits }: Config) => new RateLimiter(db, limits.requestsPerMinute),
      inject: [DATABASE, CONFIG],
    },
  ],
  exports: [RateLimiter],
})
export class RateLimitsModule {}
