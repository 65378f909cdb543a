import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TestResponse } from './client.ts';
import { document, operations } from './operations.ts';

const newAjv = (contract: object) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv.addSchema(contract, 'openapi');
};
const ajv = newAjv(document);

/**
 * For reads with `fields`, whose rows can lack any field. Rows are what the items of `data` refer to, and what operations
 * with `fields` return otherwise.
 */
const ajvWithFields = newAjv(withoutRequiredFields(document));

function withoutRequiredFields(contract: typeof document) {
  const copy = structuredClone(contract);
  const schemas = copy.components.schemas as Record<string, { properties?: Properties; required?: string[] }>;
  for (const { parameters, responses } of operations) {
    const name = responses[200]?.content?.['application/json']?.schema.$ref?.split('/').at(-1) ?? '';
    const hasFields = parameters.some((parameter) => parameter.name === 'fields');
    if (hasFields && !schemas[name]?.properties?.page) delete schemas[name]?.required;
  }
  for (const { properties } of Object.values(schemas)) {
    const row = schemas[properties?.data?.items?.$ref?.split('/').at(-1) ?? ''];
    if (row && properties?.page) delete row.required;
  }
  return copy;
}
type Properties = { data?: { items?: { $ref?: string } }; page?: object };

const templates = [...new Set(operations.map(({ path }) => path))]
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`) }));

/**
 * @throws if openapi.json does not document the status for this operation, or the body does not match its schema. The
 *   schema of a problem names the codes that the operation can respond with. Paths without an operation are not checked.
 */
export function assertDocumented(method: string, path: string, actual: TestResponse) {
  const [pathname = '', query = ''] = path.split('?', 2);
  const template = templates.find(({ pattern }) => pattern.test(pathname));
  const operation = operations.find((each) => each.path === template?.path && each.method === method);
  if (!operation) return;
  const subject = `${operation.name} responded with ${actual.status}`;
  const response = operation.responses[actual.status];
  if (!response) throw new Error(`${subject}, which openapi.json does not document: ${JSON.stringify(actual.body)}`);
  const type = (actual.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (actual.body === undefined) return;
  const schema = response.content?.[type]?.schema;
  if (!schema) throw new Error(`${subject} with ${type}, which openapi.json does not document`);
  const hasFields = new URLSearchParams(query).has('fields');
  const validate = validatorOf(schema, hasFields);
  if (!validate(actual.body)) {
    throw new Error(
      `${subject} in a shape that is not documented: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(actual.body)}`,
    );
  }
}

const validators = new Map<string, ValidateFunction>();

/** Compiles a schema of the document, whose references are relative to the document. */
function validatorOf(schema: object, hasFields: boolean): ValidateFunction {
  const absolute = JSON.stringify(schema).replaceAll('"#/', '"openapi#/');
  const key = `${hasFields} ${absolute}`;
  const validate = validators.get(key) ?? (hasFields ? ajvWithFields : ajv).compile(JSON.parse(absolute) as object);
  validators.set(key, validate);
  return validate;
}
