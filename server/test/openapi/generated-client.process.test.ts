import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';
import { ROOT } from '../process/processes.ts';

type Program = typeof import('../../../generated-client/program.ts');

const run = promisify(execFile);
const PACKAGE = join(ROOT, 'generated-client');
const COMPILER_OPTIONS = '--strict --noEmit --module esnext --moduleResolution bundler --target es2022 --lib es2023,dom,dom.iterable';
