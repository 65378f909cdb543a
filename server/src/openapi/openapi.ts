import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { PROBLEMS, Problem, type ProblemCode, problemBody } from '../http/problems.ts';
import { completeRouteDocs, type RouteDocs } from './route-docs.ts';

/** The OpenAPI 3.1 document of the routes as they are. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Rubric')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addTag('Articles', 'Texts with a title, filed under many categories, in an order.')
    .addTag('Categories', 'The tree of rubrics that articles are filed under.')
    .addTag('Authors', 'Bylines: many for an article, in an order.')
    .addTag('Tokens', 'API tokens: your own; for admins everybody’s.')
    .addTag('Sessions', 'Signing in and out.')
    .addTag('Account', 'Your own account.')
    .addTag('Passwords', 'For who forgot theirs.')
    .addTag('Accounts', 'Everybody’s accounts, for admins.')
    .addTag('Invitations', 'How people get an account.')
    .addTag('Audit', 'Who did what, when and from where; for admins.')
    .addTag('Health', 'For load balancers and supervisors.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'rubric_…',
        description: 'An API token, from `npx rubric token create`.',
      },
      'token',
    )
    .addCookieAuth(
      'rubric_session',
      { type: 'apiKey', in: 'cookie', description: 'A session, from signing in.' },
      'session',
    )
    .build();
  const { components: schemas } = toJsonSchema(ProblemDocument, 'output');
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) => {
      const jsonSchema = toJsonSchema(schema as z.ZodType, schemaType);
      Object.assign(schemas, jsonSchema.components);
      return jsonSchema;
    },
  });
  // As they are: Nest would put OpenAPI 3.0's `example` in the place of JSON Schema's `examples`.
  const text = JSON.stringify(schemas).replaceAll('"#/$defs/', '"#/components/schemas/');
  document.components = { ...document.components, schemas: JSON.parse(text) as never, examples: problemExamples() };
  for (const path of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(path as Record<string, RouteDocs>))
      completeRouteDocs(method, operation);
  }
  return document;
}

const DESCRIPTION = `The articles of a publication and the categories they belong to.

Reading what is published is open, and so are signing in, forgotten passwords and invitations. All else needs a session,
from \`POST /sessions\`, or \`Authorization: Bearer\` with an API token, and a role that suffices: a **reader** sees drafts
and the trash, a **contributor** writes drafts, an **author** publishes articles of their own, an **editor** writes and files
everything, an **admin** manages accounts and tokens besides.

Every answer that is not a success is an RFC 9457 problem. Articles, categories and authors have a \`version\`; \`If-Match\`
with it makes a write conditional, \`If-None-Match\` with an \`ETag\` makes a read cheap.`;

const ProblemDocument = z
  .object({
    type: z.string().meta({ description: 'The path of a page about this problem.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(z.object({ pointer: z.string().meta({ description: 'RFC 6901' }), code: z.string(), detail: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** One for each code; the answers refer to them. */
const problemExamples = () =>
  Object.fromEntries(
    (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [
      code,
      { value: problemBody(new Problem(code), '/articles/1') },
    ]),
  );

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: applyOverride });
  return { schema: rest, components: $defs };
}

/**
 * A schema that parses text or transforms says itself what it looks like on the wire; its default and examples are those
 * of the wire too, which zod leaves out, not knowing.
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
