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
import { useServer } from '../harness/server.ts';

const server = useServer();
const named = operations.map((operation) => [operation.name, operation] as const);

describe('The document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('is the one that the routes describe', async () => {
    const app = await createApp(readConfig({}), server.database.db, false);
    expect(JSON.parse(JSON.stringify(describeApi(app)))).toEqual(document);
    await app.close();
  });

  test('is served as it is', async () => {
    const { status, headers, body } = await server.anonymous.get('/openapi.json');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toEqual(document);
  });

  test('refers to nothing that it lacks, and holds nothing that is not referred to', () => {
    const referred = new Set(
      [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+\/\w+)"/g)].map(([, name]) => name),
    );
    const held = (['schemas', 'examples'] as const).flatMap((kind) =>
      Object.keys(document.components[kind]).map((name) => `${kind}/${name}`),
    );
    const ofHttp = Object.keys(PROBLEMS).map((code) => `examples/${code}`);
    expect([...referred].filter((name) => !held.includes(name ?? ''))).toEqual([]);
    expect(held.filter((name) => !referred.has(name) && !ofHttp.includes(name))).toEqual([]);
  });

  test('names every route that the server has, but for the pages', async () => {
    const app = await createApp(readConfig({}), server.database.db, false);
    const routes = (app.getHttpAdapter().getInstance() as { printRoutes(o: object): string }).printRoutes({
      commonPrefix: false,
    });
    await app.close();
    const pages =
      /^\S+ (\/|\/docs.*|\/problems.*|\/accept-invitation|\/new-password|\/style\.css|\/form-script\.js|\/openapi\.json|\*)$/;
    expect(
      routesOf(routes)
        .filter((route) => !pages.test(route) && !route.startsWith('HEAD '))
        .sort(),
    ).toEqual(operations.map(({ name }) => name.replace(/\{\w+\}/g, ':')).sort());
  });
});

/** What `printRoutes` draws as a tree, as `METHOD /path`. */
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

describe.each(named)('%s', (_, operation) => {
  test('says what it does, takes and answers', () => {
    expect(operation.summary).toMatch(/\S/);
    expect(operation.description).toMatch(/\.$/);
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags?.[0]);
    expect(operation.operationId).toMatch(/^[a-z]+\.\w+$/);
    expect(operations.filter(({ operationId }) => operationId === operation.operationId)).toHaveLength(1);
    for (const parameter of operation.parameters) {
      expect(parameter.description, parameter.name).toMatch(/\.$/);
      expect(parameter.schema, parameter.name).toBeDefined();
    }
    const inPath = operation.parameters.filter((each) => each.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(operation.path.match(/\{\w+\}/g) ?? []);
    expect(inPath.every(({ required }) => required)).toBe(true);
  });

  test('documents its answers', () => {
    const statuses = Object.keys(operation.responses);
    expect(statuses).toEqual(expect.arrayContaining(['400', '401', '500', '503', ...expectedOf(operation)]));
    for (const [status, { description, content, headers }] of Object.entries(operation.responses)) {
      expect(description, status).toMatch(/\.$/);
      if (Number(status) < 400) continue;
      const problem = content?.['application/problem+json'];
      expect(problem?.schema.$ref).toBe('#/components/schemas/Problem');
      for (const code of Object.keys(problem?.examples ?? {}))
        expect(PROBLEMS[code as never]).toMatchObject({ status: Number(status) });
      if (status === '503') expect(headers).toHaveProperty('Retry-After');
    }
  });
});

function expectedOf({ method, path, requestBody, 'x-required-access': role }: Operation): string[] {
  const success = {
    GET: '200',
    POST: path.endsWith('/restore') ? '200' : '201',
    PATCH: '200',
    PUT: requestBody ? '200' : '204',
    DELETE: '204',
  };
  const unlike: Record<string, string> = {
    '/passwords/forgotten': '202',
    '/passwords/reset': '204',
    '/account/password': '204',
    '/account/second-factor': method === 'POST' ? '201' : '204',
  };
  return [
    unlike[path] ?? success[method as 'GET'],
    ...(role === 'public' ? [] : ['403']),
    ...(path.includes('{') ? ['404'] : []),
    ...(method === 'GET' ? [] : ['413', '415']),
  ];
}

describe('The examples', () => {
  /** The rows that the examples of bodies name. */
  beforeAll(async () => {
    await times(8, () => newCategory(server.as.editor));
    await times(2, () => newAuthor(server.as.editor));
    await newArticle(server.as.editor);
  });

  /** What people do, or with a secret that no example can know: the example is good when it is not malformed. */
  const OF_PEOPLE = /^\/(sessions|account|passwords|invitations\/accept)(\/|$)/;
  const taking = operations.filter(({ requestBody }) => requestBody);

  test.each(taking.filter(({ path }) => OF_PEOPLE.test(path)).map((operation) => [operation.name, operation] as const))(
    'of the body of %s are well formed',
    async (_, operation) => {
      const person = await signIn(server, 'author');
      for (const example of bodySchema(operation)?.examples ?? []) {
        const answer = await person.call(operation.method, operation.path, example);
        expect([200, 201, 202, 204, 401, 404, 410], JSON.stringify(answer.body)).toContain(answer.status);
      }
    },
  );
  test.each(
    taking.filter(({ path }) => !OF_PEOPLE.test(path)).map((operation) => [operation.name, operation] as const),
  )('of the body of %s are accepted', async (_, operation) => {
    const examples = bodySchema(operation)?.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      // Sourdough is there since the example of POST /categories.
      const url = operation.path.replace(/\{\w+\}/g, operation.path.startsWith('/categories') ? 'sourdough' : '1');
      const answer = await server.as.admin.call(operation.method, url, example);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
    }
  });

  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'openapi');
  const withExamples = Object.entries(document.components.schemas).filter(([, { examples }]) => examples);

  test.each(withExamples)('of %s have its shape', (name, { examples = [] }) => {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
    for (const example of examples) expect(validate?.(example), ajv.errorsText(validate?.errors)).toBe(true);
  });

  test('are there for every answer with a body, but for those that say nothing', () => {
    const answers = operations.flatMap(({ name, responses }) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) < 400)
        .map(([, { content }]) => ({ name, $ref: content?.['application/json']?.schema.$ref })),
    );
    const without = answers.filter(({ $ref }) => $ref && !schemaOf($ref)?.examples).map(({ name }) => name);
    expect(without).toEqual(['GET /health/live', 'GET /health/ready']);
  });
});

test('Defaults are told: limit=20, total=false, sort=-publishedAt', () => {
  const { parameters } = operations.find(({ name }) => name === 'GET /articles') as Operation;
  const defaults = Object.fromEntries(
    parameters.map(({ name, schema }) => [name, (schema as { default?: unknown }).default]),
  );
  expect(defaults).toMatchObject({ limit: 20, total: false, sort: '-publishedAt', descendants: false });
});
