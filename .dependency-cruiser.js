/**
 * Who may import whom: "The suffix says what a file may do" in CONTRIBUTING.md as rules. `npm run check:imports` applies
 * them, see server/scripts/check-imports.ts. Paths are those of the source.
 */

const SRC = '^server/src/';
/** How the check marks an import that is gone at run time, `import type`. */
const TYPE_ONLY = 'require';
/** A feature is a folder; these folders are what the features stand on. */
const GROUND = `${SRC}(auth|cli|clock|database|docs|http|listing|logging|slugs)/`;
const suffix = (...names) => `\\.(${names.join('|')})\\.ts\\b`;
/** `<noun>.ts`: rules without I/O. */
const PURE = `${SRC}[^/.]+/[^.]+\\.ts\\b`;
const SQL = 'node_modules/(drizzle-orm|pg)/';
const IO = '^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads|dgram|dns|tls)$';

const only = (name, comment, from, ...to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^server/', pathNot: to },
});
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    only(
      'controller',
      'A controller speaks HTTP: its own service, schemas, http/ and auth/, no more.',
      `${SRC}([^/]+)/.*${suffix('controller')}`,
      `${SRC}$1/.*${suffix('service')}`,
      suffix('schema'),
      `${SRC}(http|auth|listing)/`,
      `${SRC}$1/[^.]+\\.ts\\b`,
    ),
    only(
      'worker',
      'A worker hears the clock: its own service or queries and the database, no more.',
      `${SRC}([^/]+)/.*${suffix('worker')}`,
      `${SRC}$1/.*${suffix('service', 'queries')}`,
      `${SRC}clock/`,
      `${SRC}database/database\\.ts\\b`,
    ),
    never(
      'service',
      'A service never calls another service, nor the layer above it; what two of them read is a *.reader.ts.',
      { path: suffix('service', 'reader') },
      { path: suffix('service', 'controller', 'worker', 'command', 'guard', 'filter', 'pipe', 'decorators') },
    ),
    only(
      'queries',
      'A queries file speaks SQL: database/, Drizzle, other queries, and types and values of the pure files beside it.',
      `${SRC}([^/]+)/.*${suffix('queries')}`,
      `${SRC}database/`,
      suffix('queries'),
      `${SRC}$1/[^.]+\\.ts\\b`,
    ),
    never(
      'sql',
      'SQL is written in *.queries.ts and database/ alone; config.ts asks the driver whether it can read a URL.',
      { path: SRC, pathNot: [suffix('queries'), `${SRC}database/`, `${SRC}config\\.ts`] },
      { path: SQL },
    ),
    never(
      'provider',
      'better-auth and nodemailer are set up and spoken to in *.provider.ts alone; a service asks that.',
      { path: SRC, pathNot: suffix('provider') },
      { path: 'node_modules/(better-auth|nodemailer)/' },
    ),
    never(
      'below',
      'A provider wraps a library: it may ask queries, and knows no service and no layer above.',
      { path: suffix('provider') },
      { path: suffix('service', 'controller', 'worker', 'command', 'guard', 'filter', 'pipe', 'decorators') },
    ),
    only(
      'schema',
      'A schema is the shape of the wire: zod, other schemas and pure rules.',
      suffix('schema'),
      suffix('schema'),
      PURE,
    ),
    never(
      'pure',
      '<noun>.ts in a feature holds rules: no I/O, no database, no service. Types are free.',
      { path: PURE, pathNot: [GROUND, `${SRC}imports/`] },
      {
        path: [SQL, IO, suffix('service', 'queries', 'reader', 'controller', 'worker', 'command'), `${SRC}database/`],
        pathNot: `${SRC}database/limits\\.ts\\b`,
        dependencyTypesNot: [TYPE_ONLY],
      },
    ),
    never(
      'command',
      'A command speaks to a terminal: it never goes through HTTP.',
      { path: suffix('command') },
      { path: suffix('controller', 'guard', 'filter', 'pipe', 'worker') },
    ),
    never(
      'ground',
      'What features stand on knows no feature; only the guard has to ask for tokens, and the command line for commands.',
      { path: GROUND, pathNot: [suffix('guard'), `${SRC}cli/rubric\\.ts\\b`] },
      { path: SRC, pathNot: [GROUND, `${SRC}[^/]+\\.ts\\b`] },
    ),
    never(
      'database',
      'database/ stands alone: slugs for their shape, the settings, and the names of problems.',
      { path: `${SRC}database/` },
      { path: SRC, pathNot: [`${SRC}(database|slugs)/`, `${SRC}config\\.ts\\b`, `${SRC}http/problems\\.ts\\b`] },
    ),
    never(
      'embedded',
      'The embedded PostgreSQL is reached through embedded.ts.',
      { path: SRC, pathNot: [`${SRC}database/embedded(/|\\.ts)`] },
      { path: `${SRC}database/embedded/` },
    ),
    never(
      'cycle',
      'Two files that import each other are one file, or three.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: [TYPE_ONLY] } },
    ),
    never(
      'nameless',
      'Folders are features and files say what they hold.',
      {},
      { path: `${SRC}.*\\b(utils?|common|shared|helpers?|index|misc)(/|\\.)` },
    ),
    never('unknown', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    never(
      'undeclared',
      'What runs in production is among the dependencies of server/package.json.',
      { path: SRC },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: [TYPE_ONLY] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
