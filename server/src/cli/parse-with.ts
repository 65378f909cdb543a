import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

/** Reads an argument by the same rules as the field of a request. */
export function parseWith<T extends z.ZodType>(schema: T) {
  return (value: string): z.output<T> => {
    const read = schema.safeParse(value);
    if (!read.success) throw new InvalidArgumentError(`It ${read.error.issues[0]?.message}.`);
    return read.data;
  };
}
