import { Body, Controller, Delete, Param, Put } from '@nestjs/common';
import { CurrentPrincipal, RequirePermission } from '../../access/access.decorators.ts';
import type { Principal } from '../../access/principal.ts';
import { Describe, Fails, Returns, Section } from '../../openapi/route.decorators.ts';
import { RankParams, RankPlace } from './ranks.schema.ts';
import { RanksService } from './ranks.service.ts';

@Controller('categories/:id/articles/:articleId/rank')
@RequirePermission('categories.write')
@Section('Categories')
export class RanksController {
  constructor(private readonly ranks: RanksService) {}

  @Put()
  @Describe(
    'Rank an article in a category',
    'Places the article among the ranked articles of the category. If the `ordering` of the category is `manual`, its lists begin with them. Neither the version of the article nor that of the category changes.',
  )
  @Returns(204, null, 'The article has this place.')
  @Fails('not_found', 'not_ranked')
  move(
    @Param({ schema: RankParams }) { id, articleId }: RankParams,
    @Body({ schema: RankPlace }) place: RankPlace,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.ranks.move({ categoryId: id, articleId }, place, principal);
  }

  @Delete()
  @Describe(
    'Take away the rank of an article in a category',
    'Moves the article to those without a rank. Succeeds if it has none.',
  )
  @Returns(204, null, 'The article has no rank in the category.')
  @Fails('not_found')
  remove(@Param({ schema: RankParams }) { id, articleId }: RankParams, @CurrentPrincipal() principal: Principal) {
    return this.ranks.remove({ categoryId: id, articleId }, principal);
  }
}
