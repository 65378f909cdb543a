import { Module } from '@nestjs/common';
import { BoundedReads } from './bounded-reads.ts';

@Module({ providers: [BoundedReads], exports: [BoundedReads] })
export class BoundedReadsModule {}
