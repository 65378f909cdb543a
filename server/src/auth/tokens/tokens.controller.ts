import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { CurrentPrincipal, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { ShowsSecret } from '../../http/response.decorators.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { NewToken, TokenCreate, TokenIdParams, TokenList } from './tokens.schema.ts';
import { TokensService } from './tokens.service.ts';

@Controller('tokens')
@RequirePermission('tokens.manage')
@Section('Tokens', 'API tokens. Admins manage those of all accounts.')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Post()
  @ShowsSecret()
  @Describe(
    'Create a token',
    'The response contains the token, which is not shown again: only its SHA-256 is stored. Creating one needs a session or the token of an admin.',
  )
  @Returns(201, NewToken, 'The token.')
  @Fails('unknown_category', 'too_many_ids')
  create(@Body({ schema: TokenCreate }) body: TokenCreate, @CurrentPrincipal() principal: Principal) {
    return this.tokens.create(body, principal);
  }

  @Get()
  @Describe(
    'List tokens',
    'Lists your own tokens, or all tokens for admins, without their secrets. Revoked and expired ones are included. Newest first.',
  )
  @Returns(200, TokenList, 'The tokens.')
  findAll(@CurrentPrincipal() principal: Principal) {
    return this.tokens.findAll(principal);
  }

  @Delete(':id')
  @Describe('Revoke a token', 'It is refused from the next request.')
  @Returns(204, null, 'The token was revoked.')
  @Fails('not_found')
  revoke(@Param({ schema: TokenIdParams }) { id }: TokenIdParams, @CurrentPrincipal() principal: Principal) {
    return this.tokens.revoke(id, principal);
  }
}
