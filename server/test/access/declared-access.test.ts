import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, expect, test } from 'vitest';
import { Public, RequirePermission } from '../../src/access/access.decorators.ts';
import { assertAccessDeclared } from '../../src/access/declared-access.ts';

@Controller('open')
@Public()
class OpenController {
  @Get()
  read() {
    return this.help();
  }

  help() {
    return 'not a route';
  }
}

@Controller('mixed')
class MixedController {
  @Get('declared')
  @RequirePermission('audit.read')
  declared() {
    return '';
  }

  @Get('forgotten')
  forgotten() {
    return '';
  }
}

@Module({ imports: [DiscoveryModule], controllers: [OpenController] })
class SoundModule {}

@Module({ imports: [DiscoveryModule], controllers: [OpenController, MixedController] })
class ForgetfulModule {}

let app: NestFastifyApplication | undefined;
afterEach(() => app?.close());

async function start(module: object) {
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  await app.init();
  return app;
}

test('A route that does not say who may call it keeps the server from starting', async () => {
  const forgetful = await start(ForgetfulModule);
  expect(() => assertAccessDeclared(forgetful)).toThrow(
    'These routes do not say who may call them: MixedController.forgotten.',
  );
});

test('A controller that says it for all its routes is enough', async () => {
  const sound = await start(SoundModule);
  expect(() => assertAccessDeclared(sound)).not.toThrow();
});
