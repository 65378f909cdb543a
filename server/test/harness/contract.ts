import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TestResponse } from './client.ts';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema(document, 'openapi');

const templates = Object.keys(document.paths)
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`) }));

/** Statuses that every route can respond with and that need no documentation. */
const UNDOCUMENTED_STATUSES = new Set([408, 414, 431]);

/**
 * @throws if openapi.json does not document the status for this operation, or the body does not match its schema. Paths
 *   without an operation are not checked.
 */
export function assertDocumented(method: string, path: string, actual: TestResponse) {
  const pathname = path.split('?', 1)[0] ?? '';
  const template = templates.find(({ pattern }) => pattern.test(pathname));
  const operation = template && document.paths[template.path]?.[method.toLowerCase()];
  if (!template || !operation || UNDOCUMENTED_STATUSES.has(actual.status) || actual.status === 304) return;
  const subject = `${method} ${template.path} responded with ${actual.status}`;
  const response = operation.responses[actual.status];
  if (!response) throw new Error(`${subject}, which openapi.json does not document: ${JSON.stringify(actual.body)}`);
  const type = (actual.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (actual.body === undefined) return;
  if (!response.content?.[type]?.schema)
    throw new Error(`${subject} with ${type}, which openapi.json does not document`);
  const pointer = [
    'paths',
    template.path,
    method.toLowerCase(),
    'responses',
    String(actual.status),
    'content',
    type,
    'schema',
  ]
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`openapi#/${pointer}`);
  if (!validate?.(actual.body)) {
    throw new Error(
      `${subject} in a shape that is not documented: ${ajv.errorsText(validate?.errors)}\n${JSON.stringify(actual.body)}`,
    );
  }
}
