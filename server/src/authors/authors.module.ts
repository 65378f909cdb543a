import { Module } from '@nestjs/common';
import { BoundedReadsModule } from '../bounded-reads/bounded-reads.module.ts';
import { AuthorLists } from './author-lists.reader.ts';
import { AuthorsController } from './authors.controller.ts';
import { AuthorsService } from './authors.service.ts';

@Module({ imports: [BoundedReadsModule], controllers: [AuthorsController], providers: [AuthorsService, AuthorLists] })
export class AuthorsModule {}
