import { readFileSync } from 'node:fs';
import type { Access } from '../../src/access/access.decorators.ts';

interface Schema {
  properties?: Record<string, Schema>;
  examples?: unknown[];
  type?: unknown;
  format?: string;
  enum?: string[];
  const?: unknown;
  items?: Schema;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  description?: string;
  required?: boolean;
  schema?: Schema;
}

interface Content {
  content?: Record<
    string,
    { schema: { $ref?: string; oneOf?: { $ref: string }[] }; examples?: Record<string, unknown> }
  >;
}

type Response = Content & { description?: string; headers?: object };

/** One operation of `openapi.json`. */
export interface Operation {
  method: string;
  /** With parameters in braces. */
  path: string;
  name: string;
  summary?: string;
  description?: string;
  tags?: string[];
  operationId?: string;
  security: object[];
  parameters: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Response>;
  'x-required-access'?: Access;
}

export const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  openapi: string;
  tags: { name: string }[];
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    responses: Record<string, Response>;
    schemas: Record<string, Schema>;
    examples: Record<string, { value: { code: string; status: number } }>;
  };
};

function resolveResponse(response: Response & { $ref?: string }): Response {
  const name = response.$ref?.split('/').at(-1);
  return name === undefined ? response : (document.components.responses[name] ?? {});
}

/** All operations in openapi.json, with the responses that they refer to. */
export const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, resolveResponse(response)]),
    ),
    method: method.toUpperCase(),
    path,
    name: `${method.toUpperCase()} ${path}`,
  })),
);

/** Returns the component schema that `$ref` refers to. */
export const schemaOf = ($ref: string | undefined) => document.components.schemas[$ref?.split('/').at(-1) ?? ''];

/** Returns the schema of the request body of an operation. */
export const bodySchema = ({ requestBody }: Operation) =>
  schemaOf(requestBody?.content?.['application/json']?.schema.$ref);
