import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** Written by `npm run generate` from the routes themselves, see `openapi.ts`. */
const FILE = new URL('../../openapi.json', import.meta.url);

/** `/openapi.json`, and `/docs` for people; both work without internet access. */
export function serveDocumentation(app: INestApplication) {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as OpenAPIObject;
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Rubric',
    swaggerOptions: { docExpansion: 'list', defaultModelsExpandDepth: 0, persistAuthorization: true, tryItOutEnabled: true },
    customCss: '.swagger-ui .topbar { display: none }',
  });
}
