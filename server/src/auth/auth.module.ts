import { Module } from '@nestjs/common';
import { AUTHENTICATOR } from '../access/authenticator.ts';
import { MailModule } from '../mail/mail.module.ts';
import { AccountController } from './account/account.controller.ts';
import { AccountService } from './account/account.service.ts';
import { AccountsController } from './accounts/accounts.controller.ts';
import { AccountsService } from './accounts/accounts.service.ts';
import { AuthGuard } from './auth.guard.ts';
import { BetterAuth } from './better-auth/better-auth.provider.ts';
import { InvitationsController } from './invitations/invitations.controller.ts';
import { InvitationsService } from './invitations/invitations.service.ts';
import { PasswordResetController } from './password-reset/password-reset.controller.ts';
import { PasswordResetService } from './password-reset/password-reset.service.ts';
import { PreferencesController } from './preferences/preferences.controller.ts';
import { PreferencesService } from './preferences/preferences.service.ts';
import { SecondFactorController } from './second-factor/second-factor.controller.ts';
import { SecondFactorService } from './second-factor/second-factor.service.ts';
import { SessionsController } from './sessions/sessions.controller.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { SessionsWorker } from './sessions/sessions.worker.ts';
import { SetupController } from './setup/setup.controller.ts';
import { SetupService } from './setup/setup.service.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignInService } from './sign-in/sign-in.service.ts';
import { TokensController } from './tokens/tokens.controller.ts';
import { TokensService } from './tokens/tokens.service.ts';

/**
 * Authentication: accounts, sessions, second factors, invitations and API tokens. Authorization is in `access/`.
 * `account/` holds the routes of `/account`, by which users manage their own account; `accounts/` holds the routes of
 * `/accounts`, by which admins manage all of them.
 */
@Module({
  imports: [MailModule],
  controllers: [
    TokensController,
    SignInController,
    SessionsController,
    AccountController,
    PreferencesController,
    SecondFactorController,
    PasswordResetController,
    AccountsController,
    InvitationsController,
    SetupController,
  ],
  providers: [
    AuthGuard,
    { provide: AUTHENTICATOR, useExisting: AuthGuard },
    BetterAuth,
    TokensService,
    SignInService,
    SessionsService,
    SessionsWorker,
    AccountService,
    PreferencesService,
    SecondFactorService,
    PasswordResetService,
    AccountsService,
    InvitationsService,
    SetupService,
  ],
  exports: [AuthGuard, AUTHENTICATOR],
})
export class AuthModule {}
