import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { parseSync } from 'oxc-parser';

/**
 * Applies the rules of `.dependency-cruiser.js`. dependency-cruiser 18 reads TypeScript through TypeScript's own API,
 * which TypeScript 7 does not have, and through swc, whose `using` it does not know. So it gets, for each file, a file of
 * JavaScript that does nothing but import the same: `x.ts.js` for `x.ts`, so that paths are those of the source. What is
 * only imported as a type is there as a `require`, so that rules can tell the two apart.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'rubric-imports-'));

function importsOf(file: string): string {
  const source = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const scripts = module.staticImports.filter(({ moduleRequest }) => !moduleRequest.value.endsWith('.css'));
  const lines = scripts.map(({ moduleRequest, entries }) => {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    return typeOnly ? `require('${moduleRequest.value}');` : `import '${moduleRequest.value}';`;
  });
  for (const { moduleRequest } of module.dynamicImports) {
    lines.push(`import(${source.slice(moduleRequest.start, moduleRequest.end)});`);
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) lines.push(isType ? `require('${moduleRequest.value}');` : `import '${moduleRequest.value}';`);
    }
  }
  return lines.join('\n');
}

async function findViolations() {
  for (const file of globSync('{server,admin}/src/**/*.{ts,tsx}', { cwd: root, exclude: ['**/*.samples.ts'] })) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, `${file}.js`), importsOf(file));
  }
  for (const file of ['package.json', 'server/package.json', 'admin/package.json'])
    cpSync(join(root, file), join(copy, file));
  for (const folder of ['node_modules', 'server/node_modules']) symlinkSync(join(root, folder), join(copy, folder));
  const options = await extractOptions(join(root, '.dependency-cruiser.js'));
  const { output } = await cruise(['server/src', 'admin/src'], {
    ...options,
    baseDir: copy,
    validate: true,
    metrics: true,
  });
  return (output as ICruiseResult).summary;
}

try {
  const { violations, totalCruised, ruleSetUsed } = await findViolations();
  for (const { rule, from, to, cycle } of violations) {
    const comment = ruleSetUsed?.forbidden?.find(({ name }) => name === rule.name)?.comment;
    const way = [from, ...(cycle?.map(({ name }) => name) ?? [to])].map((name) => name.replace(/(\.tsx?)\.js$/, '$1'));
    process.stderr.write(`${rule.name}: ${way.join(' → ')}\n  ${comment}\n`);
  }
  process.stdout.write(`${totalCruised} modules, ${violations.length} forbidden imports.\n`);
  process.exitCode = violations.length > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
