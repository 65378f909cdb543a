import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Writes `src/generated/` from the HTTP contract, if the contract or the generator changed since the last time. The files
 * are not committed: `server/openapi.json` is, and shows every change of them in two lines instead of twenty.
 */

const root = new URL('../', import.meta.url);
const CONTRACT = new URL('../../server/openapi.json', root);
const GENERATED = new URL('src/generated/', root);
const STAMP = new URL('stamp', GENERATED);

interface Operation {
  parameters?: { name: string }[];
}
interface Contract {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const contract = readFileSync(CONTRACT, 'utf8');
const inputs = [contract, readFileSync(fileURLToPath(import.meta.url)), readFileSync(new URL('package.json', root))];
const stamp = inputs.reduce<ReturnType<typeof createHash>>((hash, input) => hash.update(input), createHash('sha256'));
const digest = stamp.digest('hex');
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) {
  await generate(JSON.parse(contract) as Contract);
  writeFileSync(STAMP, digest);
}

async function generate({ paths, components }: Contract) {
  const { createClient } = await import('@hey-api/openapi-ts');
  rmSync(GENERATED, { recursive: true, force: true });
  await createClient({
    input: fileURLToPath(CONTRACT),
    output: { path: fileURLToPath(GENERATED), module: { extension: '.ts' } },
    logs: { level: 'silent', file: false },
    plugins: [
      '@hey-api/typescript',
      { name: '@hey-api/client-fetch', throwOnError: true, baseUrl: false },
      // A call returns the body, and throws what is no success: `configure` says what it throws.
      { name: '@hey-api/sdk', responseStyle: 'data' },
    ],
  });
  const posts = Object.entries(paths).flatMap(([path, { post }]) =>
    post?.parameters?.some(({ name }) => name === 'Idempotency-Key') ? [path] : [],
  );
  write(
    'idempotent-posts.ts',
    `export const IDEMPOTENT_POSTS: ReadonlySet<string> = new Set(${JSON.stringify(posts)});`,
  );
  const problems = Object.keys(components.schemas).filter((name) => /.Problem$/.test(name));
  write(
    'problems.ts',
    `import type { ${problems.join(', ')} } from './types.gen.ts';\nexport type AnyProblem = ${problems.join(' | ')};`,
  );
}

function write(file: string, code: string) {
  writeFileSync(new URL(file, GENERATED), `// Generated from openapi.json.\n${code}\n`);
}
