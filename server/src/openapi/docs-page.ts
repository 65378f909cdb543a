import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
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
export function serveDocumentation(app: NestFastifyApplication) {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs')) route.config = { ...route.config, isConstant: true };
  });
  const json = readFileSync(DOCUMENT_FILE, 'utf8');
  const document = JSON.parse(json) as OpenAPIObject & { paths: Paths };
  describeDefaults(document.paths);
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
  // Sent as text: Nest would serialize 500 kB of JSON for every request.
  serveText('/openapi.json', 'application/json; charset=utf-8', json);
  // Nest serves the files of Swagger UI from disk, and the server compresses only what it has in memory.
  for (const [file, type] of Object.entries(ASSETS)) {
    serveText(`/docs/${file}`, type, readFileSync(new URL(file, SWAGGER_UI), 'utf8'));
  }

  function serveText(path: string, type: string, text: string) {
    fastify.get(path, { config: { isConstant: true } }, (_request, reply) => reply.type(type).send(text));
  }
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
