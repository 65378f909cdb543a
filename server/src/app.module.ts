import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccountController } from './account/account.controller.ts';
import { AccountService } from './account/account.service.ts';
import { SecondFactorController } from './account/second-factor.controller.ts';
import { SecondFactorService } from './account/second-factor.service.ts';
import { AccountsController } from './accounts/accounts.controller.ts';
import { AccountsService } from './accounts/accounts.service.ts';
import { ArticlesController } from './articles/articles.controller.ts';
import { ArticlesService } from './articles/articles.service.ts';
import { AuditController } from './audit/audit.controller.ts';
import { AuditService } from './audit/audit.service.ts';
import { RefusalsService } from './audit/refusals.service.ts';
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
import { REFUSALS } from './http/refusals.ts';
import { ValidationPipe } from './http/validation.pipe.ts';
import { InvitationsController } from './invitations/invitations.controller.ts';
import { InvitationsService } from './invitations/invitations.service.ts';
import { Leases } from './limits/leases.writer.ts';
import { LimitsGuard } from './limits/limits.guard.ts';
import { LimitsWorker } from './limits/limits.worker.ts';
import { Mail } from './mail/mail.provider.ts';
import { PasswordsController } from './passwords/passwords.controller.ts';
import { PasswordsService } from './passwords/passwords.service.ts';
import { BetterAuth } from './sessions/better-auth.provider.ts';
import { SessionsController } from './sessions/sessions.controller.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { SessionsWorker } from './sessions/sessions.worker.ts';
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
        AccountController,
        SecondFactorController,
        PasswordsController,
        AccountsController,
        InvitationsController,
        AuditController,
      ],
      providers: [
        { provide: DATABASE, useValue: db },
        { provide: CONFIG, useValue: config },
        BetterAuth,
        Mail,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useValue: new ValidationPipe(config.limits.ids) },
        { provide: APP_GUARD, useClass: AccessGuard },
        ...(config.limits.requestsPerMinute > 0 ? limitsOf(config, db) : []),
        { provide: APP_GUARD, useClass: KnownParametersGuard },
        { provide: REFUSALS, useClass: RefusalsService },
        ArticlesService,
        CategoriesService,
        AuthorsService,
        SessionsService,
        SignInService,
        AccountService,
        SecondFactorService,
        PasswordsService,
        AccountsService,
        InvitationsService,
        TokensService,
        AuditService,
        HealthService,
        CountsWorker,
        LimitsWorker,
        SessionsWorker,
      ],
    };
  }
}

/** Only where there is a limit: without it, requests pass no guard of it. */
const limitsOf = ({ limits }: Config, db: Database) => [
  { provide: Leases, useValue: new Leases(db, limits.requestsPerMinute) },
  { provide: APP_GUARD, useClass: LimitsGuard },
];
