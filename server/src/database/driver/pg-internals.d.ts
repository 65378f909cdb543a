/** Parts of pg 8.23.1 that its published types leave out. */

declare module 'pg/lib/utils.js' {
  /** What pg itself sends for a value. */
  export function prepareValue(value: unknown): string | Buffer | null;
}

declare module 'pg/lib/result.js' {
  /** The rows of one statement, and how to read them. */
  export default class Result {
    constructor(rowMode: string | undefined, types: unknown);
    fields: unknown[];
    _parsers: unknown[] | undefined;
    _prebuiltEmptyResultObject: object | null;
  }
}

declare module 'pg/lib/query.js' {
  import type { EventEmitter } from 'node:events';
  import type Result from 'pg/lib/result.js';

  export type Done = (error: Error | null | undefined, result: unknown) => void;

  export interface Wire {
    bind(message: {
      portal: string;
      statement: string;
      values: unknown[];
      binary: boolean | undefined;
      valueMapper: (value: unknown) => unknown;
    }): void;
    execute(message: { portal: string; rows: undefined }): void;
    sync(): void;
  }

  /** One statement on its way to PostgreSQL and its rows on their way back. */
  export default class Query extends EventEmitter {
    constructor(text: string, values: unknown[] | undefined, done: Done);
    name: string | undefined;
    types: unknown;
    values: unknown[];
    binary: boolean | undefined;
    callback: Done;
    _rowMode: string | undefined;
    _result: Result;
    _results: Result;
    _accumulateRows: boolean;
    prepare(wire: Wire): void;
    submit(wire: Wire): Error | null;
    hasBeenParsed(wire: Wire): boolean;
    handleRowDescription(message: unknown): void;
    handleError(error: Error, wire: Wire): void;
  }
}
