import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ArticlesModule } from './articles/articles.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { AuthGuard } from './auth/auth.guard.ts';
import { AuthModule } from './auth/auth.module.ts';
import { AuthorsModule } from './authors/authors.module.ts';
import { CategoriesModule } from './categories/categories.module.ts';
import { CONFIG, type Config } from './config.ts';
import type { Connection } from './database/connection.ts';
import {
  CONTROL_DATABASE,
  DATABASE,
  NEW_REQUEST_TRANSACTION,
  SEQUENCER_DATABASE,
  SNAPSHOTS,
} from './database/database.ts';
import { EventsModule } from './events/events.module.ts';
import { HealthModule } from './health/health.module.ts';
import { DeclaredInputGuard } from './http/declared-input.guard.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { ValidationPipe } from './http/validation.pipe.ts';
import { IdempotencyModule } from './idempotency/idempotency.module.ts';
import { RateLimitsGuard } from './rate-limits/rate-limits.guard.ts';
import { RateLimitsModule } from './rate-limits/rate-limits.module.ts';
import { RedirectsModule } from './redirects/redirects.module.ts';
import { WebModule } from './web/web.module.ts';

/** Provides the settings and the open database to every module. */
@Global()
@Module({})
class CoreModule {
  static with(config: Config, connection: Connection): DynamicModule {
    return {
      module: CoreModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DATABASE, useValue: connection.db },
        { provide: CONTROL_DATABASE, useValue: connection.control },
        { provide: SEQUENCER_DATABASE, useValue: connection.sequencer },
        { provide: SNAPSHOTS, useValue: connection.snapshots },
        { provide: NEW_REQUEST_TRANSACTION, useValue: connection.newRequestTransaction },
      ],
      exports: [CONFIG, DATABASE, CONTROL_DATABASE, SEQUENCER_DATABASE, SNAPSHOTS, NEW_REQUEST_TRANSACTION],
    };
  }
}

/** Imports one module per feature and registers the global filter, pipe and guards. */
@Module({})
export class AppModule {
  static with(config: Config, connection: Connection): DynamicModule {
    const hasRateLimit = config.limits.requestsPerMinute > 0;
    return {
      module: AppModule,
      imports: [
        CoreModule.with(config, connection),
        DiscoveryModule,
        RateLimitsModule,
        IdempotencyModule,
        WebModule,
        ArticlesModule,
        CategoriesModule,
        AuthorsModule,
        RedirectsModule,
        AuthModule,
        AuditModule,
        EventsModule,
        HealthModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useValue: new ValidationPipe(config.limits.ids) },
        // Guards run in this order.
        { provide: APP_GUARD, useExisting: AuthGuard },
        ...(hasRateLimit ? [{ provide: APP_GUARD, useClass: RateLimitsGuard }] : []),
        { provide: APP_GUARD, useClass: DeclaredInputGuard },
      ],
    };
  }
}
