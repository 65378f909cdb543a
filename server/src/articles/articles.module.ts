import { Module } from '@nestjs/common';
import { BoundedReadsModule } from '../bounded-reads/bounded-reads.module.ts';
import { CategorySizes } from '../categories/category-counts/category-sizes.reader.ts';
import { ArticlesController } from './articles.controller.ts';
import { ArticlesService } from './articles.service.ts';
import { ArticleView } from './content/article-view.reader.ts';
import { ContentRenderer } from './content/content-renderer.provider.ts';
import { DraftsController } from './drafts/drafts.controller.ts';
import { DraftsService } from './drafts/drafts.service.ts';
import { LinkedNames } from './linked-names/linked-names.reader.ts';
import { ArticleLists } from './list/article-lists.reader.ts';
import { PreviewsController } from './previews/previews.controller.ts';
import { PreviewsService } from './previews/previews.service.ts';
import { RanksController } from './ranks/ranks.controller.ts';
import { RanksService } from './ranks/ranks.service.ts';
import { RevisionsController } from './revisions/revisions.controller.ts';
import { RevisionsService } from './revisions/revisions.service.ts';
import { RevisionStorageService } from './revisions/storage/revision-storage.service.ts';
import { RevisionStorageWorker } from './revisions/storage/revision-storage.worker.ts';
import { SearchIndexWorker } from './search/search-index.worker.ts';

@Module({
  imports: [BoundedReadsModule],
  controllers: [ArticlesController, DraftsController, RevisionsController, PreviewsController, RanksController],
  providers: [
    ArticleView,
    ContentRenderer,
    ArticlesService,
    DraftsService,
    PreviewsService,
    RanksService,
    RevisionsService,
    RevisionStorageService,
    RevisionStorageWorker,
    ArticleLists,
    LinkedNames,
    CategorySizes,
    SearchIndexWorker,
  ],
  exports: [ArticleLists, LinkedNames],
})
export class ArticlesModule {}
