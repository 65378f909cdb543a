import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { ProblemDocument, problemExamples, problemResponses, problemSchemas } from './problem-docs.ts';
import { SECTION } from './route.decorators.ts';
import { completeRouteDocs, type RouteDocs } from './route-docs.ts';

/** Generates the OpenAPI 3.1 document from the routes. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Rubric')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'rubric_…',
        description: 'An API token, created with `npx rubric token create`.',
      },
      'token',
    )
    .addCookieAuth(
      'rubric_session',
      {
        type: 'apiKey',
        in: 'cookie',
        description: 'The session cookie. Signing in sets it, and browsers send it; a value entered here is not sent.',
      },
      'session',
    )
    .build();
  const { components: schemas } = toJsonSchema(ProblemDocument, 'output');
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => {
      const jsonSchema = toJsonSchema(schema as z.ZodType, schemaType);
      Object.assign(schemas, jsonSchema.components);
      return jsonSchema;
    },
  });
  // Copied unchanged: Nest would replace JSON Schema's `examples` by OpenAPI 3.0's `example`.
  const text = JSON.stringify(schemas).replaceAll('"#/$defs/', '"#/components/schemas/');
  document.components = {
    ...document.components,
    schemas: { ...(JSON.parse(text) as object), ...problemSchemas() } as never,
    examples: problemExamples(),
  };
  document.servers = [{ url: DEFAULT_ORIGIN }];
  document.tags = takeSections(document);
  for (const path of Object.values(document.paths)) {
    for (const [method, docs] of Object.entries(path as Record<string, RouteDocs>)) completeRouteDocs(method, docs);
  }
  document.components.responses = problemResponses(document.paths) as never;
  return document;
}

/** Moves the descriptions of sections from the operations, where `@Section` put them, to the list of tags. */
function takeSections(document: OpenAPIObject) {
  const sections = new Map<string, string>();
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path) as RouteDocs[])) {
    const [name] = operation.tags ?? [];
    const description = operation[SECTION];
    if (name !== undefined && description !== undefined) sections.set(name, description);
    delete operation[SECTION];
  }
  return [...sections].map(([name, description]) => ({ name, description }));
}

/** Where `npm start` listens: generated clients need an absolute URL. A server names its own, see `docs-page.ts`. */
const DEFAULT_ORIGIN = 'http://127.0.0.1:3000';

const DESCRIPTION = `The articles of a publication and the categories they belong to.

Reading published content and previews, signing in, resetting a password and accepting an invitation require no authentication. Every
other request requires a session, created with \`POST /sessions\`, or an API token in \`Authorization: Bearer\`, and a
sufficient role: a **reader** can read drafts and the trash, a **contributor** can write drafts, an **author** can publish
their own articles, an **editor** can edit all content, and an **admin** can also manage accounts and tokens.

Every error response is an RFC 9457 problem. Articles, categories and authors have a \`version\`: send it in \`If-Match\`
to make a write conditional. Send an \`ETag\` in \`If-None-Match\` to avoid downloading an unchanged response.

Ids are 64-bit integers. Those of rows stay below 2^53, so JavaScript numbers hold them.`;

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: applyOverride });
  return { schema: rest, components: $defs };
}

/**
 * Replaces the generated JSON Schema by the `override` of schemas that parse or transform text. Also adds `default` and
 * `examples`, which zod omits for such schemas because it cannot know their wire format.
 */
function applyOverride({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Record<string, unknown> }) {
  const { override, examples } = (z.globalRegistry.get(zodSchema as z.ZodType) ?? {}) as {
    override?: object;
    examples?: unknown;
  };
  if (override) {
    for (const key of Object.keys(jsonSchema)) if (key !== 'description') delete jsonSchema[key];
    Object.assign(jsonSchema, override);
  }
  if (examples) jsonSchema['examples'] = examples;
  if (zodSchema instanceof z.ZodDefault) jsonSchema['default'] = zodSchema.def.defaultValue;
}
