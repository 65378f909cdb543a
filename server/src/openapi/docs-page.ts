import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { STYLE } from './docs-style.ts';

/** Written by `npm run generate` from the routes themselves, see `openapi.ts`. */
const FILE = new URL('../../openapi.json', import.meta.url);

/** `/openapi.json`, and `/docs` for people; both work without internet access. */
export function serveDocumentation(app: INestApplication) {
  const text = readFileSync(FILE, 'utf8');
  SwaggerModule.setup('docs', app, JSON.parse(text) as OpenAPIObject, {
    raw: false,
    customSiteTitle: 'Rubric: documentation',
    customCss: STYLE,
    swaggerOptions: {
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      tryItOutEnabled: true,
      // By itself the page asks a validator on the internet whether the document is sound.
      validatorUrl: null,
      // It would leave the token in the browser.
      persistAuthorization: false,
    },
  });
  // As text: Nest would write 300 kB of JSON anew for each request.
  app.getHttpAdapter().get('/openapi.json', (_request: unknown, reply: FastifyReply) => {
    void reply.type('application/json; charset=utf-8').send(text);
  });
}
