import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

/** Returns a parser that validates an argument with the schema of a request field. */
export function parseWith<T extends z.ZodType>(schema: T) {
  return (value: string): z.output<T> => {
    const result = schema.safeParse(value);
    if (!result.success) throw new InvalidArgumentError(`It ${result.error.issues[0]?.message}.`);
    return result.data;
  };
}
