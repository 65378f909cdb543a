import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../access/access.decorators.ts';
import { Describe, Returns } from '../openapi/route.decorators.ts';
import { HealthService } from './health.service.ts';

const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@Controller('health')
@Public()
@ApiTags('Health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Describe('Is the process alive?', 'Answers without asking the database: restart the process when it does not.')
  @Returns(200, Health, 'It is.')
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @Describe('Can it serve requests?', '503 while PostgreSQL is away: send the traffic elsewhere.')
  @Returns(200, Health, 'It can.')
  async ready() {
    await this.health.check();
    return { status: 'ok' };
  }
}
