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

/** Statuses that any route may answer and that HTTP itself explains. */
const OF_HTTP = new Set([408, 414, 431]);

/**
 * @throws when the contract does not document the status for this operation, or the body has another shape. A path that
 *   no operation has is free to answer 404.
 */
export function assertDocumented(method: string, path: string, answer: TestResponse) {
  const bare = path.split('?', 1)[0] ?? '';
  const template = templates.find(({ pattern }) => pattern.test(bare));
  const operation = template && document.paths[template.path]?.[method.toLowerCase()];
  if (!template || !operation || OF_HTTP.has(answer.status) || answer.status === 304) return;
  const what = `${method} ${template.path} answered ${answer.status}`;
  const response = operation.responses[answer.status];
  if (!response) throw new Error(`${what}, which openapi.json does not document: ${JSON.stringify(answer.body)}`);
  const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (answer.body === undefined) return;
  if (!response.content?.[type]?.schema) throw new Error(`${what} with ${type}, which openapi.json does not document`);
  const pointer = [
    'paths',
    template.path,
    method.toLowerCase(),
    'responses',
    String(answer.status),
    'content',
    type,
    'schema',
  ]
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`openapi#/${pointer}`);
  if (!validate?.(answer.body)) {
    throw new Error(
      `${what} in another shape than documented: ${ajv.errorsText(validate?.errors)}\n${JSON.stringify(answer.body)}`,
    );
  }
}
