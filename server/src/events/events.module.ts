import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { EventSequencer } from './event-sequencer.writer.ts';
import { EventStreamsService } from './event-streams.service.ts';
import { EventsController } from './events.controller.ts';
import { EventsReader } from './events.reader.ts';
import { EventsService } from './events.service.ts';
import { EventsWorker } from './events.worker.ts';

@Module({
  imports: [AuthModule],
  controllers: [EventsController],
  providers: [EventSequencer, EventsReader, EventsService, EventStreamsService, EventsWorker],
})
export class EventsModule {}
