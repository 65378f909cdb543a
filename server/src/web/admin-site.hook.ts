import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { HTML } from '../http/not-found-page.ts';

/** The build of `admin/` by `npm run build`, at the same relative path from `src/` and from `dist/`. */
const SITE = new URL('../../../admin/dist/', import.meta.url);
const YEAR_MS = 31_536_000_000;

/**
 * Serves the admin site at `/admin`. Its files have the hash of their content in their names, so browsers cache them for a
 * year; every other path returns the page. The files are compressed when the site is built.
 *
 * @throws Error if the site is not built
 */
export function serveAdminSite(fastify: FastifyInstance) {
  const file = fileURLToPath(new URL('index.html', SITE));
  if (!existsSync(file)) throw new Error('The admin site is not built. Run npm run build.');
  const page = readFileSync(file, 'utf8');
  const themeScript = readFileSync(new URL('theme.js', SITE), 'utf8');
  // Not awaited: that would complete the routes so far, `/docs` among them, before Nest has set the handler of errors.
  void fastify.register(fastifyStatic, {
    root: fileURLToPath(new URL('assets/', SITE)),
    prefix: '/admin/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: YEAR_MS,
  });
  const options = { config: { isConstant: true } };
  fastify.get('/admin/theme.js', options, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(themeScript),
  );
  for (const path of ['/admin', '/admin/*'])
    fastify.get(path, options, (_request, reply) => reply.type(HTML).send(page));
}
