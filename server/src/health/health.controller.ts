import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { IgnoreCredentials, Public } from '../access/access.decorators.ts';
import { Describe, Returns, Section } from '../openapi/route.decorators.ts';
import { HealthService } from './health.service.ts';

const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@Controller('health')
@Public()
@IgnoreCredentials()
@Section('Health', 'For load balancers and supervisors.')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Describe('Check liveness', 'Responds without querying the database. Restart the process if it does not respond.')
  @Returns(200, Health, 'The process is running.')
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @Describe(
    'Check readiness',
    'Responds with 503 while PostgreSQL is unavailable. Route traffic to another server then.',
  )
  @Returns(200, Health, 'The server can handle requests.')
  async ready() {
    await this.health.checkDatabase();
    return { status: 'ok' };
  }
}
