import { type INestApplication, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS, type Access } from './access.decorators.ts';

interface DeclaredRoute {
  /** The controller and its method, `ArticlesController.findOne`. */
  name: string;
  /** The method and the paths as Fastify registers them, `GET /articles/:id`. */
  routes: string[];
  /** Undefined if the route has no access decorator. */
  access: Access | undefined;
}

/** Returns the routes of all controllers. */
export function listDeclaredRoutes(app: INestApplication): DeclaredRoute[] {
  const reflector = app.get(Reflector);
  const scanner = app.get(MetadataScanner);
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      const controller = metatype as () => unknown;
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name] as () => unknown;
        const paths = reflector.get<string | string[] | undefined>('path', handler);
        if (paths === undefined) return [];
        const method = RequestMethod[reflector.get<RequestMethod>('method', handler)];
        const prefix = reflector.get<string>('path', controller);
        const routes = [paths].flat().map((path) => `${method} /${segments(prefix, path).join('/')}`);
        const access = reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
        return [{ name: `${controller.name}.${name}`, routes, access }];
      });
    });
}

const segments = (...paths: string[]) => paths.flatMap((path) => path.split('/')).filter((segment) => segment !== '');

/**
 * Refuses to start if a route has no access decorator, so that a forgotten `@Public()`, `@RequireUser()` or
 * `@RequirePermission()` fails in development and never opens a route in production.
 *
 * @throws Error naming the routes
 */
export function assertAccessDeclared(app: INestApplication) {
  const undeclared = listDeclaredRoutes(app).filter(({ access }) => access === undefined);
  if (undeclared.length === 0) return;
  throw new Error(`These routes declare no access: ${undeclared.map(({ name }) => name).join(', ')}.`);
}
