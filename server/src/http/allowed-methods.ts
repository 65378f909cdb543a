import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods of the routes that match this path; empty if no route matches. */
    allowedMethods(path: string): string[];
  }
}

/** Records the methods of each route, so that a 405 can list them. Requests that match a route pay nothing for it. */
export function registerAllowedMethods(fastify: FastifyInstance) {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // @fastify/cors registers `*` to receive preflight requests; it is not a path of the API.
    if (url === '*') return;
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const each of [method].flat()) route.methods.add(each);
    routes.set(url, route);
  });
  fastify.decorate('allowedMethods', (path) => {
    const matching = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort();
  });
}

/**
 * Converts a route such as `/articles/:id` to a regular expression. The only other wildcard in Rubric's routes is a
 * final `*`.
 */
const patternOf = (url: string) =>
  new RegExp(
    `^${url
      .replace(/[.]/g, '\\.')
      .replace(/:[^/]+/g, '[^/]+')
      .replace('*', '.*')}/?$`,
  );
