import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, RequirePermission } from '../access/access.decorators.ts';
import type { Principal } from '../access/principal.ts';
import { Describe, Fails, Returns, Section } from '../openapi/route.decorators.ts';
import { withLinkHeader } from '../pagination/link-header.ts';
import { EventStreamsService } from './event-streams.service.ts';
import { EventList, EventQuery, EventStreamQuery, EventStreamText } from './events.schema.ts';
import { EventsService } from './events.service.ts';
import { lastEventIdOf } from './last-event-id.ts';

/** A caller that can read unpublished articles, at least its own, can read events; its scope decides which. */
@Controller('events')
@RequirePermission('articles.readUnpublished')
@Section('Events', 'Changes of articles, categories and authors, in order, for programs that follow them.')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly streams: EventStreamsService,
  ) {}

  @Get()
  @Describe(
    'List events',
    'Lists the changes of articles, categories and authors that you can see, the oldest first. No event is inserted before a position that you have passed: follow `page.next`, which is never null. A page can be short although more events follow. Events are kept for 30 days.',
  )
  @Returns(200, EventList, 'A page of events.', ['Link'])
  @Fails('events_expired')
  async findAll(
    @Query({ schema: EventQuery }) query: EventQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withLinkHeader(request, reply, await this.events.findAll(query, principal));
  }

  @Get('stream')
  @Header('content-type', 'text/event-stream')
  // Proxies must neither store, compress nor buffer it.
  @Header('cache-control', 'no-store, no-transform')
  @Header('x-accel-buffering', 'no')
  @Describe(
    'Stream events',
    'Sends the same events as server-sent events, as they happen, and a comment every ten seconds. It ends when the caller loses its rights, when the client does not read, or when the server stops.',
  )
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    description:
      'The id of an event: sends the events after it. Without a position, a stream begins with the next event.',
    required: false,
    schema: { type: 'integer', minimum: 0, format: 'int64' },
  })
  @Returns(200, EventStreamText, 'Server-sent events.')
  @Fails('events_expired', 'too_many_streams')
  stream(
    @Query({ schema: EventStreamQuery }) { after }: EventStreamQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.streams.open(request, principal, lastEventIdOf(request.headers['last-event-id']) ?? after);
  }
}
