import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { requestContext } from '../http/request-context.ts';
import { operationFilter } from './docs-filter.ts';

/** Generated from the routes by `npm run generate`, see `openapi.ts`. */
const DOCUMENT_FILE = new URL('../../openapi.json', import.meta.url);
/** Always read from `src/`, because the build copies only TypeScript to `dist/`. */
const STYLE_FILE = new URL('../../src/openapi/docs-style.css', import.meta.url);

const require = createRequire(import.meta.url);
/** The folder of Swagger UI. */
const SWAGGER_UI = pathToFileURL(require.resolve('swagger-ui-dist/package.json'));
/** Its large files. */
const ASSETS = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-standalone-preset.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};

/** Serves `/openapi.json`, and Swagger UI at `/docs`. Both work without internet access. */
export function serveDocumentation(app: NestFastifyApplication, { publicUrl }: Config) {
  const document = JSON.parse(readFileSync(DOCUMENT_FILE, 'utf8')) as OpenAPIObject & { paths: Paths };
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs')) route.config = { ...route.config, isConstant: true };
  });
  serveDocument(fastify, document, publicUrl);
  serveAssets(fastify);
  describeDefaults(document.paths);
  // The page sends its requests to its own server; its Content-Security-Policy permits no other.
  document.servers = [{ url: '/' }];
  SwaggerModule.setup('docs', app, document, {
    raw: false,
    customSiteTitle: 'Rubric: documentation',
    customfavIcon: '/favicon.svg',
    customCss: readFileSync(STYLE_FILE, 'utf8'),
    swaggerOptions: {
      docExpansion: 'list',
      filter: true,
      plugins: [operationFilter],
      defaultModelsExpandDepth: 0,
      tryItOutEnabled: true,
      // By default, Swagger UI sends the document to a validator on the internet.
      validatorUrl: null,
      // Would store the token in the browser.
      persistAuthorization: false,
    },
  });
}

/** Nest serves the files of Swagger UI from disk, and the server compresses only what it has in memory. */
function serveAssets(fastify: FastifyInstance) {
  for (const [file, type] of Object.entries(ASSETS)) {
    const text = readFileSync(new URL(file, SWAGGER_UI), 'utf8');
    fastify.get(`/docs/${file}`, { config: { isConstant: true } }, (_request, reply) => reply.type(type).send(text));
  }
}

/**
 * Serves `/openapi.json` with the URL of this server: `PUBLIC_URL`, or else the host of the request. Generators of clients
 * copy it. A relative URL would be valid, but they copy that too, and outside of a browser it leads nowhere.
 */
function serveDocument(fastify: FastifyInstance, document: OpenAPIObject, publicUrl: string | undefined) {
  // Serialized once: 500 kB of JSON.
  const rest = JSON.stringify({ ...document, servers: undefined }).slice(1);
  const bodyFor = (url: string) => Buffer.from(`{"servers":${JSON.stringify([{ url }])},${rest}`);
  // Only the latest body is cached, with its compressed forms: the client chooses the host, which can differ in each
  // request.
  let latest = { url: '', body: Buffer.alloc(0) };
  fastify.get('/openapi.json', (request, reply) => {
    const url = publicUrl ?? requestContext(request).origin;
    if (latest.url !== url) latest = { url, body: bodyFor(url) };
    return reply.type('application/json; charset=utf-8').send(latest.body);
  });
}

interface Parameter {
  description?: string;
  schema?: { description?: string; default?: string | number | boolean };
}
type Paths = Record<string, Record<string, { parameters?: Parameter[] }>>;

/**
 * Moves the defaults of parameters into their descriptions. Swagger UI would fill them in and send them with every request,
 * and `GET /categories?tree=true` is refused with a `limit`.
 */
function describeDefaults(paths: Paths) {
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  for (const parameter of operations.flatMap(({ parameters = [] }) => parameters)) {
    if (parameter.schema?.default === undefined) continue;
    parameter.description = `${parameter.description} Default: \`${parameter.schema.default}\`.`;
    delete parameter.schema.default;
  }
}
