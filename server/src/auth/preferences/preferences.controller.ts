import { Body, Controller, Get, Put } from '@nestjs/common';
import { CurrentPrincipal, RequireUser } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { type ExpectedVersions, IfMatch } from '../../http/conditional-requests.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { Preferences, PreferencesReplacement } from './preferences.schema.ts';
import { PreferencesService } from './preferences.service.ts';

@Controller('account/preferences')
@RequireUser()
@Section('Account')
export class PreferencesController {
  constructor(private readonly preferences: PreferencesService) {}

  @Get()
  @Describe('Get your preferences', 'Returns the values that front ends have stored for your account, by key.')
  @Returns(200, Preferences, 'The preferences.', ['ETag'])
  findOne(@CurrentPrincipal() principal: Principal) {
    return this.preferences.findOne(principal);
  }

  @Put()
  @Describe(
    'Replace your preferences',
    'Replaces all of them. Send `If-Match`, so that two front ends do not undo each other.',
  )
  @Returns(200, Preferences, 'The new preferences.', ['ETag'])
  @Fails('version_mismatch')
  replace(
    @Body({ schema: PreferencesReplacement }) body: PreferencesReplacement,
    @CurrentPrincipal() principal: Principal,
    @IfMatch() expectedVersions: ExpectedVersions,
  ) {
    return this.preferences.replace(body, principal, expectedVersions);
  }
}
