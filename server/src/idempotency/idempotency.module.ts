import { Global, Module } from '@nestjs/common';
import { IdempotencyWorker } from './idempotency.worker.ts';
import { IdempotentRequests } from './idempotent-requests.service.ts';

/** Global: Nest creates the interceptor of `@Idempotent()` in the module of each controller that has it. */
@Global()
@Module({ providers: [IdempotentRequests, IdempotencyWorker], exports: [IdempotentRequests] })
export class IdempotencyModule {}
