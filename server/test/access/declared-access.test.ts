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
  findAll() {
    return this.format();
  }

  format() {
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
class DeclaredModule {}

@Module({ imports: [DiscoveryModule], controllers: [OpenController, MixedController] })
class UndeclaredModule {}

let running: NestFastifyApplication | undefined;
afterEach(() => running?.close());

async function start(module: object) {
  running = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  await running.init();
  return running;
}

test('A route without declared access prevents the server from starting', async () => {
  const app = await start(UndeclaredModule);
  expect(() => assertAccessDeclared(app)).toThrow('These routes declare no access: MixedController.forgotten.');
});

test('A declaration on the controller covers all its routes', async () => {
  const app = await start(DeclaredModule);
  expect(() => assertAccessDeclared(app)).not.toThrow();
});
