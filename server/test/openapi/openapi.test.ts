import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { PROBLEMS } from '../../src/http/problems.ts';
import { describeApi } from '../../src/openapi/openapi.ts';
import { signIn } from '../harness/browser-client.ts';
import { bodySchema, document, type Operation, operations, schemaOf } from '../harness/operations.ts';
import { newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { startTestServer, useServer } from '../harness/server.ts';

const server = useServer();
const operationsByName = operations.map((operation) => [operation.name, operation] as const);

describe('openapi.json', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('is what the routes generate', async () => {
    const app = await createApp(readConfig({}), server.database, false);
    expect(JSON.parse(JSON.stringify(describeApi(app)))).toEqual(document);
    await app.close();
  });

  test('is served with the URL that the request went to as its server', async () => {
    const { status, headers, body } = await server.anonymous.get('/openapi.json');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toEqual({ ...document, servers: [{ url: server.url }] });
  });

  test('is served with PUBLIC_URL as its server', async () => {
    const publicServer = await startTestServer({ PUBLIC_URL: 'https://api.rubric.example' });
    const { body } = await publicServer.anonymous.get('/openapi.json');
    await publicServer.close();
    expect(body).toEqual({ ...document, servers: [{ url: 'https://api.rubric.example' }] });
  });

  test('names the default address of `npm start`, which clients generated from the file use', () => {
    expect(document.servers).toEqual([{ url: 'http://127.0.0.1:3000' }]);
  });

  test('contains every component that it refers to, and no others', () => {
    const referred = new Set(
      [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+\/\w+)"/g)].map(([, name]) => name),
    );
    const defined = (['schemas', 'responses', 'examples'] as const).flatMap((kind) =>
      Object.keys(document.components[kind]).map((name) => `${kind}/${name}`),
    );
    expect([...referred].filter((name) => !defined.includes(name ?? ''))).toEqual([]);
    // A 405 is a response to a method that no operation has, a 417 one to a header that none has.
    const ofNoOperation = [
      'schemas/MethodNotAllowedProblem',
      'examples/method_not_allowed',
      'schemas/ExpectationFailedProblem',
      'examples/expectation_failed',
    ];
    expect(defined.filter((name) => !referred.has(name)).sort()).toEqual(ofNoOperation.sort());
  });

  test('contains every route of the server except the pages', async () => {
    const app = await createApp(readConfig({}), server.database, false);
    const routes = (app.getHttpAdapter().getInstance() as { printRoutes(o: object): string }).printRoutes({
      commonPrefix: false,
    });
    await app.close();
    const pages =
      /^\S+ (\/|\/docs.*|\/problems.*|\/accept-invitation|\/new-password|\/admin.*|\/style\.css|\/favicon\.(svg|ico)|\/openapi\.json|\*)$/;
    expect(
      routesOf(routes)
        .filter((route) => !pages.test(route) && !route.startsWith('HEAD '))
        .sort(),
    ).toEqual(operations.map(({ name }) => name.replace(/\{\w+\}/g, ':')).sort());
  });
});

/** Converts the tree that `printRoutes` draws to `METHOD /path` lines. */
function routesOf(tree: string): string[] {
  const path: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([\s│]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === '') return [];
    path.splice(indent.length / 4, path.length, part);
    return methods === ''
      ? []
      : methods.split(', ').map((method) => `${method} ${path.join('').replace(/:[^/]+/g, ':')}`);
  });
}

describe.each(operationsByName)('%s', (_, operation) => {
  test('documents its purpose and its parameters', () => {
    expect(operation.summary).toMatch(/\S/);
    expect(operation.description).toMatch(/\.$/);
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags?.[0]);
    expect(operation.operationId).toMatch(/^[a-z]+([A-Z][a-z]+)+$/);
    expect(operations.filter(({ operationId }) => operationId === operation.operationId)).toHaveLength(1);
    for (const parameter of operation.parameters) {
      expect(parameter.description, parameter.name).toMatch(/\.$/);
      expect(parameter.schema, parameter.name).toBeDefined();
    }
    const inPath = operation.parameters.filter((each) => each.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(operation.path.match(/\{\w+\}/g) ?? []);
    expect(inPath.every(({ required }) => required)).toBe(true);
  });

  test('documents its responses', () => {
    const statuses = Object.keys(operation.responses);
    expect(statuses).toEqual(
      expect.arrayContaining(['400', '401', '408', '431', '500', '503', ...expectedStatuses(operation)]),
    );
    for (const [status, { description, content, headers }] of Object.entries(operation.responses)) {
      expect(description, status).toMatch(/\.$/);
      if (Number(status) < 400) continue;
      const { schema, examples = {} } = content?.['application/problem+json'] ?? {};
      const codes = Object.keys(examples);
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect(PROBLEMS[code as never]).toMatchObject({ status: Number(status) });
      const constants = (schema?.oneOf ?? [schema]).map((each) => schemaOf(each?.$ref)?.properties?.['code']?.const);
      expect(constants).toEqual(codes);
      if (status === '503') expect(headers).toHaveProperty('Retry-After');
    }
  });
});

function expectedStatuses({ method, path, requestBody, 'x-required-access': access }: Operation): string[] {
  const success = {
    GET: '200',
    POST: /\/(restore|publish)$/.test(path) ? '200' : '201',
    PATCH: '200',
    PUT: requestBody && !path.endsWith('/rank') ? '200' : '204',
    DELETE: '204',
  };
  const exceptions: Record<string, string> = {
    '/passwords/forgotten': '202',
    '/passwords/reset': '204',
    '/account/password': '204',
    '/account/second-factor': method === 'POST' ? '201' : '204',
  };
  return [
    exceptions[path] ?? success[method as 'GET'],
    ...(access === 'public' ? [] : ['403']),
    ...(path.includes('{') ? ['404', '414'] : []),
    ...(path.startsWith('/health/') ? [] : ['429']),
    ...(method === 'GET' ? [] : ['413', '415']),
  ];
}

describe('The examples', () => {
  /** The rows that the examples of bodies refer to. */
  beforeAll(async () => {
    await times(8, () => newCategory(server.as.editor));
    await times(2, () => newAuthor(server.as.editor));
    await newArticle(server.as.editor);
  });

  /**
   * Routes that require a session or a secret that no example can contain: their examples only need to be well formed.
   */
  const NEEDS_SESSION_OR_SECRET = /^\/(setup|sessions|account|passwords|invitations\/accept)(\/|$)/;
  const withBody = operations.filter(({ requestBody }) => requestBody);

  test.each(
    withBody
      .filter(({ path }) => NEEDS_SESSION_OR_SECRET.test(path))
      .map((operation) => [operation.name, operation] as const),
  )('of the body of %s are well formed', async (_, operation) => {
    const person = await signIn(server, 'author');
    for (const example of bodySchema(operation)?.examples ?? []) {
      const response = await person.call(operation.method, operation.path, example);
      expect([200, 201, 202, 204, 401, 404, 409, 410], JSON.stringify(response.body)).toContain(response.status);
    }
  });
  test.each(
    withBody
      .filter(({ path }) => !NEEDS_SESSION_OR_SECRET.test(path))
      .map((operation) => [operation.name, operation] as const),
  )('of the body of %s are accepted', async (_, operation) => {
    const examples = bodySchema(operation)?.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      // The example of POST /categories created `sourdough`.
      const path = operation.path.replace('{id}/articles/{articleId}', '3/articles/1');
      const url = path.replace(/\{\w+\}/g, path.startsWith('/categories') ? 'sourdough' : '1');
      const response = await server.as.admin.call(operation.method, url, example);
      expect([200, 201, 204], JSON.stringify(response.body)).toContain(response.status);
    }
  });

  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'openapi');
  const withExamples = Object.entries(document.components.schemas).filter(([, { examples }]) => examples);

  test.each(withExamples)('of %s match the schema', (name, { examples = [] }) => {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
    for (const example of examples) expect(validate?.(example), ajv.errorsText(validate?.errors)).toBe(true);
  });

  test('exist for every response with a body, except those of the health checks', () => {
    const successes = operations.flatMap(({ name, responses }) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) < 400)
        .map(([, { content }]) => ({ name, $ref: content?.['application/json']?.schema.$ref })),
    );
    const without = successes.filter(({ $ref }) => $ref && !schemaOf($ref)?.examples).map(({ name }) => name);
    expect(without).toEqual(['GET /health/live', 'GET /health/ready']);
  });
});

test('Defaults are documented: limit=20, total=false, sort=-publishedAt', () => {
  const { parameters } = operations.find(({ name }) => name === 'GET /articles') as Operation;
  const defaults = Object.fromEntries(
    parameters.map(({ name, schema }) => [name, (schema as { default?: unknown }).default]),
  );
  expect(defaults).toMatchObject({ limit: 20, total: false, sort: '-publishedAt', descendants: false });
});
