import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { MAX } from '../database/schema/field-limits.ts';
import { CHECKS_INPUT } from '../http/declared-input.guard.ts';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';
import { IDEMPOTENCY_KEY } from './idempotency-key.ts';

/**
 * Accepts an `Idempotency-Key` on a POST or PATCH of content. The service needs no change: all statements of a request with
 * the header run in one transaction. A test lists the routes. Not for routes with `@ShowsSecret()` or `@Public()`.
 */
export const Idempotent = () =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    SetMetadata(CHECKS_INPUT, true),
    ApiHeader({
      name: IDEMPOTENCY_KEY,
      required: false,
      description:
        'A key that the client generates for this request, with or without quotes. For 24 hours, the same request with the same key gets the first answer, and nothing is written again.',
      schema: { type: 'string', minLength: 1, maxLength: MAX.idempotencyKey + 2 },
    }),
  );
