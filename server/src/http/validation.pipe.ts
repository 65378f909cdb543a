import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { type ZodType, z } from 'zod';
import { parseJson } from './json-body.ts';
import { type FieldError, fieldProblem, fieldProblems, quoted } from './problems.ts';
import { maxIdsOf } from './wire.schema.ts';

/** The most errors that one response lists. */
export const MAX_ERRORS = 100;

/**
 * Validates every body, query and path against the zod schema of its decorator and reports errors per field. Nest's own
 * StandardSchemaValidationPipe reports sentences without pointers and silently drops `__proto__`; here errors have
 * pointers, and `__proto__` is an unknown field like any other.
 */
export class ValidationPipe implements PipeTransform {
  /** @param maxIds the most ids in one field */
  constructor(private readonly maxIds: number) {}

  transform(input: unknown, { schema, type }: ArgumentMetadata & { schema?: unknown }): unknown {
    if (!schema || type === 'custom') return input;
    const value = type === 'body' ? parseBody(input, schema as ZodType) : input;
    const idFields = findIdFields(schema as ZodType);
    if (type === 'body') this.assertIdLimit(idFields, value);
    const result = (schema as ZodType).safeParse(value);
    if (result.success) {
      this.assertIdLimit(idFields, result.data);
      return result.data;
    }
    const errors = result.error.issues
      .flatMap((issue) => fieldErrors(issue, value, type === 'query' ? 'parameter' : 'field'))
      .slice(0, MAX_ERRORS);
    throw fieldProblems('invalid_request', errors);
  }

  private assertIdLimit(idFields: readonly IdField[], value: unknown) {
    for (const { name, max } of idFields) {
      const ids = (value as Record<string, unknown> | null)?.[name];
      const limit = Math.min(max, this.maxIds);
      if (!Array.isArray(ids) || ids.length <= limit) continue;
      const detail = `${name} contains ${ids.length} ids; at most ${limit} are allowed.`;
      throw fieldProblem('too_many_ids', pointerTo([name]), detail);
    }
  }
}

interface IdField {
  name: string;
  max: number;
}

const idFieldsBySchema = new WeakMap<ZodType, readonly IdField[]>();

/** Returns the fields of an object schema that are lists of ids. */
function findIdFields(schema: ZodType): readonly IdField[] {
  const fields =
    idFieldsBySchema.get(schema) ??
    Object.entries<ZodType>(schema instanceof z.ZodObject ? schema.shape : {}).flatMap(([name, field]) => {
      const max = maxIdsOf(field);
      return max === undefined ? [] : [{ name, max }];
    });
  idFieldsBySchema.set(schema, fields);
  return fields;
}

/** @param body the bytes of the body; undefined if there is none */
function parseBody(body: unknown, schema: ZodType): unknown {
  if (Buffer.isBuffer(body)) return parseJson(body);
  if (schema instanceof z.ZodOptional) return undefined;
  throw fieldProblem('invalid_request', '', 'The request needs a JSON body.', 'required');
}

function fieldErrors(issue: z.core.$ZodIssue, value: unknown, subject: 'field' | 'parameter'): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      code: `unknown_${subject}`,
      detail: `Unknown ${subject} ${JSON.stringify(key)}.`,
    }));
  }
  const pointer = pointerTo(issue.path);
  const name = pointer === '' ? 'The body' : `The ${subject} ${pointer.slice(1)}`;
  const actual = valueAt(value, issue.path);
  // JSON has no undefined, and what combines fields reports custom issues: the field is missing, whatever its type.
  if (actual === undefined && issue.code !== 'custom')
    return [{ pointer, code: 'required', detail: `${name} is required.` }];
  // A parameter that takes a list reports what is wrong with its values, as custom issues.
  if (subject === 'parameter' && Array.isArray(actual) && issue.code !== 'custom')
    return [{ pointer, code: 'repeated', detail: `${name} must be sent once.` }];
  return [
    {
      pointer,
      code: fieldErrorCode(issue),
      detail: `${name} ${describeIssue(issue)}${wrongValue(issue, actual, subject)}.`,
    },
  ];
}

function fieldErrorCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') return issue.params['code'];
  const isText = 'origin' in issue && issue.origin === 'string';
  const codes: Partial<Record<z.core.$ZodIssue['code'], string>> = isText
    ? { too_big: 'too_long', too_small: 'too_short' }
    : { too_big: 'too_large', too_small: 'too_small' };
  return codes[issue.code] ?? (issue.code === 'invalid_type' ? 'invalid_type' : 'invalid_value');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'object' ? 'an object' : `a ${issue.expected}`}`
        .replace('a array', 'an array')
        .replace('a int', 'an integer');
    case 'too_big':
      return `must be at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : ''}`.trimEnd();
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'must not be empty';
      return `must be at least ${issue.minimum} ${issue.origin === 'string' ? 'characters' : ''}`.trimEnd();
    case 'invalid_value':
      return issue.message.startsWith('Invalid') ? `must be one of ${issue.values.join(', ')}` : issue.message;
    default:
      return issue.message;
  }
}

/**
 * Returns the wrong value for a message: in a body if it must be one of a set, in a parameter unless it is too long. An
 * issue about one value of a list has the value in `params`.
 */
function wrongValue(issue: z.core.$ZodIssue, actual: unknown, subject: 'field' | 'parameter'): string {
  const value = issue.code === 'custom' ? (issue.params?.['value'] ?? actual) : actual;
  const isMeant = subject === 'field' ? issue.code === 'invalid_value' : fieldErrorCode(issue) !== 'too_long';
  return typeof value === 'string' && isMeant && !issue.message.startsWith('must not') ? `, not ${quoted(value)}` : '';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((parent, key) => (parent as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** Returns the RFC 6901 pointer of a path. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
