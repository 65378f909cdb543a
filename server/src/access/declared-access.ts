import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from './access.decorators.ts';

/**
 * Refuses to start if a route has no access decorator, so that a forgotten `@Public()`, `@RequireUser()` or
 * `@RequirePermission()` fails in development and never opens a route in production.
 *
 * @throws Error naming the routes
 */
export function assertAccessDeclared(app: INestApplication) {
  const reflector = app.get(Reflector);
  const scanner = app.get(MetadataScanner);
  const undeclared = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata('path', prototype[method] as object))
        .filter(
          (method) =>
            reflector.getAllAndOverride(ACCESS, [prototype[method] as () => unknown, metatype as () => unknown]) ===
            undefined,
        )
        .map((method) => `${metatype?.name}.${method}`);
    });
  if (undeclared.length > 0) throw new Error(`These routes declare no access: ${undeclared.join(', ')}.`);
}
