import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods that some route takes on this path; none where there is no such path. */
    allowedMethods(path: string): string[];
  }
}

/** Remembers the methods of each path, so that a wrong one is a 405 that names them. Costs nothing but on that way. */
export function registerAllowedMethods(fastify: FastifyInstance) {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // Of CORS: it takes the preflights to any path, and is none itself.
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

/** `/articles/:id` as a regular expression; the only other thing that a path of ours holds is a closing `*`. */
const patternOf = (url: string) =>
  new RegExp(
    `^${url
      .replace(/[.]/g, '\\.')
      .replace(/:[^/]+/g, '[^/]+')
      .replace('*', '.*')}/?$`,
  );
