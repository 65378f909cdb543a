import { describe, expect, test } from 'vitest';
import { document, operations } from '../harness/operations.ts';

type Schema = Record<string, unknown>;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Returns all schemas in a part of the document with their paths, without those in examples. */
function schemasIn(value: unknown, path: string): [path: string, schema: Schema][] {
  if (!isSchema(value)) return [];
  const below = Object.entries(value).filter(([key]) => !['example', 'examples', 'default', 'enum'].includes(key));
  const nested = below.flatMap(([key, each]) => schemasIn(each, `${path}/${key}`));
  return 'type' in value ? [[path, value], ...nested] : nested;
}

/** Replaces the references in a schema by what they refer to. */
function resolved(value: unknown): unknown {
  if (!isSchema(value)) return value;
  if (typeof value['$ref'] === 'string')
    return resolved(document.components.schemas[value['$ref'].split('/').at(-1) ?? '']);
  return Array.isArray(value)
    ? value.map(resolved)
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
}

const everySchema = schemasIn({ paths: document.paths, schemas: document.components.schemas }, '');
/** Parameters and bodies. */
const ofRequests = operations.flatMap(({ name, parameters, requestBody }) =>
  schemasIn(resolved({ parameters, requestBody }), name),
);
const without = (schemas: [string, Schema][], type: string, ...bounds: ((schema: Schema) => boolean)[]) =>
  schemas
    .filter(([, schema]) => schema['type'] === type && !bounds.some((isBound) => isBound(schema)))
    .map(([path]) => path);
const has =
  (...keys: string[]) =>
  (schema: Schema) =>
    keys.every((key) => schema[key] !== undefined);

describe('The document bounds', () => {
  test('every number by what the server and the database can hold, never by what JavaScript can', () => {
    expect(everySchema.length).toBeGreaterThan(300);
    const isInt64 = (schema: Schema) => schema['format'] === 'int64' && schema['minimum'] !== undefined;
    expect(without(everySchema, 'integer', has('minimum', 'maximum'), isInt64)).toEqual([]);
    expect(without(everySchema, 'number')).toEqual([]);
    expect(JSON.stringify(document)).not.toMatch(/9007199254740991/);
  });

  test('every string of a request', () => {
    const isTime = ({ format }: Schema) => format === 'date-time';
    expect(ofRequests.length).toBeGreaterThan(100);
    expect(without(ofRequests, 'string', has('maxLength'), has('enum'), has('pattern'), isTime)).toEqual([]);
  });

  test('every list of a request', () => {
    const isOfNames = ({ items }: Schema) => isSchema(items) && 'enum' in items;
    expect(without(ofRequests, 'array', has('maxItems'), isOfNames)).toEqual([]);
  });

  test('and requires every field of a row, except what reads have only if they ask for it, and what a role hides', () => {
    const optional = operations
      .filter(({ parameters }) => parameters.some(({ name }) => name === 'fields'))
      .flatMap(({ name, responses }) => {
        const { $ref, oneOf = [{ $ref }] } = responses['200']?.content?.['application/json']?.schema ?? {};
        const body = resolved(oneOf[0]) as Schema & { properties: { data?: { items: Schema } } };
        const { properties, required } = body.properties.data?.items ?? body;
        const names = Object.keys(properties as object).filter((each) => !(required as string[]).includes(each));
        return names.map((field) => `${name} ${field}`);
      });
    expect(optional).toEqual([
      'GET /articles content',
      'GET /articles hasDraft',
      'GET /articles snippet',
      'GET /articles/{idOrSlug} hasDraft',
      'GET /articles/{idOrSlug} html',
      'GET /articles/{idOrSlug} wordCount',
      'GET /articles/{idOrSlug} readingMinutes',
      'GET /articles/{id}/draft html',
      'GET /articles/{id}/draft wordCount',
      'GET /articles/{id}/draft readingMinutes',
      'GET /articles/{id}/revisions/{number} hasDraft',
      'GET /articles/{id}/revisions/{number} html',
      'GET /articles/{id}/revisions/{number} wordCount',
      'GET /articles/{id}/revisions/{number} readingMinutes',
      'GET /previews/{secret} hasDraft',
      'GET /previews/{secret} html',
      'GET /previews/{secret} wordCount',
      'GET /previews/{secret} readingMinutes',
      'GET /categories/{idOrSlug}/articles content',
      'GET /categories/{idOrSlug}/articles hasDraft',
      'GET /categories/{idOrSlug}/articles snippet',
      'GET /authors email',
    ]);
  });
});
