import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from './access.decorators.ts';

/**
 * Refuses to start when a route does not declare who may call it: forgetting `@Public()` or `@Needs(role)` is an error
 * of the build and not a hole in production.
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
  if (undeclared.length > 0) throw new Error(`These routes do not say who may call them: ${undeclared.join(', ')}.`);
}
