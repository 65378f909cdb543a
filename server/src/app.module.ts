import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ArticlesController } from './articles/articles.controller.ts';
import { ArticlesService } from './articles/articles.service.ts';
import { AccessGuard } from './auth/access.guard.ts';
import { AuthorsController } from './authors/authors.controller.ts';
import { AuthorsService } from './authors/authors.service.ts';
import { CategoriesController } from './categories/categories.controller.ts';
import { CategoriesService } from './categories/categories.service.ts';
import { CONFIG, type Config } from './config.ts';
import { CountsWorker } from './counts/counts.worker.ts';
import { DATABASE, type Database } from './database/database.ts';
import { HealthController } from './health/health.controller.ts';
import { HealthService } from './health/health.service.ts';
import { HomeController } from './home/home.controller.ts';
import { KnownParametersGuard } from './http/known-parameters.guard.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { ValidationPipe } from './http/validation.pipe.ts';
import { BetterAuth } from './sessions/better-auth.provider.ts';
import { SessionsController } from './sessions/sessions.controller.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { SignInService } from './sessions/sign-in.service.ts';
import { TokensController } from './tokens/tokens.controller.ts';
import { TokensService } from './tokens/tokens.service.ts';

/** Everything that answers requests. One module: the features share nothing but the database. */
@Module({})
export class AppModule {
  static with(config: Config, db: Database): DynamicModule {
    return {
      module: AppModule,
      imports: [DiscoveryModule],
      controllers: [
        HomeController,
        HealthController,
        ArticlesController,
        CategoriesController,
        AuthorsController,
        TokensController,
        SessionsController,
      ],
      providers: [
        { provide: DATABASE, useValue: db },
        { provide: CONFIG, useValue: config },
        BetterAuth,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useValue: new ValidationPipe(config.limits.ids) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: KnownParametersGuard },
        ArticlesService,
        CategoriesService,
        AuthorsService,
        SessionsService,
        SignInService,
        TokensService,
        HealthService,
        CountsWorker,
      ],
    };
  }
}
