import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { PROBLEMS, type ProblemCode } from '../http/problems.ts';
import { PROBLEMS_OF_ROUTE } from '../http/route.decorators.ts';

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
    .addTag('Tokens', 'API tokens, for admins.')
    .addTag('Health', 'For load balancers and supervisors.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token, from `npx rubric token create`.' }, 'token')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) => toJsonSchema(schema as z.ZodType, schemaType),
  });
  const { schema, components } = toJsonSchema(ProblemDocument, 'output');
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...components } as never };
  Object.assign(document.components.schemas ?? {}, { Problem: components['Problem'] ?? schema });
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, Operation>)) completeOperation(operation);
  }
  return document;
}

const DESCRIPTION = `The articles of a publication and the categories they belong to.

Reading what is published is open. All else needs \`Authorization: Bearer\` with an API token whose role suffices:
**reader** sees drafts and the trash, **editor** writes, **admin** manages tokens.

Every answer that is not a success is an RFC 9457 problem. Every row has a \`version\`; \`If-Match\` with it makes a write
conditional, \`If-None-Match\` with an \`ETag\` makes a read cheap.`;

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

interface Operation {
  [PROBLEMS_OF_ROUTE]?: ProblemCode[];
  security?: unknown[];
  requestBody?: unknown;
  parameters?: { name: string; in: string; schema?: { type?: string }; explode?: boolean; style?: string }[];
  responses: Record<string, unknown>;
}

const CONDITIONAL = { schema: { type: 'string' }, required: false, in: 'header' };

/** Writes out the problems of a route, its own and those that all of its kind share, and the headers that it reads. */
function completeOperation(operation: Operation) {
  const codes = new Set<ProblemCode>(['invalid_request', 'unauthorized', 'internal', 'database_unavailable', 'timeout']);
  if (operation.security) codes.add('forbidden');
  if (operation.requestBody) for (const code of OF_BODIES) codes.add(code);
  for (const code of operation[PROBLEMS_OF_ROUTE] ?? []) codes.add(code);
  delete operation[PROBLEMS_OF_ROUTE];
  for (const [status, group] of Map.groupBy(codes, (code) => PROBLEMS[code].status)) {
    operation.responses[status] = problemResponse(group);
  }
  const parameters = operation.parameters ?? [];
  for (const parameter of parameters) {
    if (parameter.schema?.type === 'array') Object.assign(parameter, { style: 'form', explode: false });
  }
  if (codes.has('version_mismatch')) {
    parameters.push({ name: 'If-Match', description: 'The version, or an ETag, that the row must have.', ...CONDITIONAL } as never);
  }
  const found = operation.responses[200] as { headers?: Record<string, unknown> } | undefined;
  if (found?.headers?.['ETag'] && !operation.security) {
    parameters.push({ name: 'If-None-Match', description: 'An ETag: 304 when it is still true.', ...CONDITIONAL } as never);
    operation.responses[304] = { description: 'It has not changed.' };
  }
  operation.parameters = parameters;
}

const OF_BODIES: ProblemCode[] = ['invalid_json', 'body_too_large', 'unsupported_media_type'];

function problemResponse(codes: ProblemCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].meaning}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

const exampleOf = (code: ProblemCode) => ({
  type: `/problems/${code}`,
  title: PROBLEMS[code].title,
  status: PROBLEMS[code].status,
  code,
  detail: PROBLEMS[code].meaning,
  instance: '/articles/1',
});

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: applyOverride });
  return { schema: rest, components: $defs };
}

/** A schema that parses text or transforms says itself what it looks like on the wire. */
function applyOverride({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Record<string, unknown> }) {
  const { override } = (z.globalRegistry.get(zodSchema as z.ZodType) ?? {}) as { override?: object };
  if (!override) return;
  for (const key of Object.keys(jsonSchema)) if (key !== 'description' && key !== 'default') delete jsonSchema[key];
  Object.assign(jsonSchema, override);
}
