/**
 * Who may import whom: "The suffix says what a file may do" and "Where things are" of CONTRIBUTING.md as rules.
 * `npm run check:imports` applies them, see server/scripts/check-imports.ts. Type imports count like any other. Paths are
 * those of the source.
 */

const SRC = '^server/src/';
/** How the check marks an import that does not exist at run time, `import type`. */
const TYPE_ONLY = 'require';
/** Every folder is either a feature or ground, which features stand on. */
const GROUND = `${SRC}(access|bounded-reads|cli|database|http|idempotency|logging|mail|openapi|pagination|rate-limits|scheduling|slugs)/`;
const ADMIN = '^admin/src/';
/** What the screens of the admin site stand on; every other folder of it is a screen. */
const ADMIN_GROUND = `${ADMIN}(api|commands|design|forms|pickers|routing|texts)/`;
const suffix = (...names) => `\\.(${names.join('|')})\\.ts\\b`;
/** `<noun>.ts`: rules without I/O. */
const PURE = `${SRC}[^/.]+/[^.]+\\.ts\\b`;
const SQL = 'node_modules/(drizzle-orm|pg)/';
const IO = '^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads|dgram|dns|tls)$';
/** Layers above services. */
const ABOVE = ['controller', 'worker', 'command', 'guard', 'interceptor', 'filter', 'pipe', 'decorators'];

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
      'A controller speaks HTTP: the services, readers and pure files of its feature, schemas, and the ground that is about HTTP.',
      `${SRC}([^/]+)/.*${suffix('controller')}`,
      `${SRC}$1/.*${suffix('service', 'reader')}`,
      suffix('schema'),
      `${SRC}(access|bounded-reads|http|idempotency|openapi|pagination)/`,
      `${SRC}$1/[^.]+\\.ts\\b`,
    ),
    only(
      'worker',
      'A worker runs on a timer: the services and queries of its feature, scheduling/ and the Database type.',
      `${SRC}([^/]+)/.*${suffix('worker')}`,
      `${SRC}$1/.*${suffix('service', 'queries')}`,
      `${SRC}scheduling/`,
      `${SRC}database/database\\.ts\\b`,
    ),
    never(
      'service',
      'A service never imports another service, nor the layer above it; what two services share is a *.reader.ts or *.writer.ts.',
      { path: suffix('service', 'reader', 'writer') },
      { path: suffix('service', ...ABOVE) },
    ),
    only(
      'thread',
      'A thread has no database and no Nest: the pure files of its feature.',
      `${SRC}([^/]+)/.*${suffix('thread')}`,
      `${SRC}$1/[^.]+\\.ts\\b`,
    ),
    never(
      'in-thread',
      'A *.thread.ts is started, not imported, but for its types.',
      { path: SRC },
      { path: suffix('thread'), dependencyTypesNot: [TYPE_ONLY] },
    ),
    only(
      'queries',
      'A queries file speaks SQL: database/, other queries, and the pure files of its feature.',
      `${SRC}([^/]+)/.*${suffix('queries')}`,
      `${SRC}database/`,
      suffix('queries'),
      `${SRC}$1/[^.]+\\.ts\\b`,
      `${SRC}rate-limits/limit\\.ts\\b`,
    ),
    never(
      'sql',
      'SQL is written in *.queries.ts and database/ alone; config.ts asks the driver whether it can read a URL.',
      { path: SRC, pathNot: [suffix('queries'), `${SRC}database/`, `${SRC}config\\.ts`] },
      { path: SQL },
    ),
    never(
      'provider',
      'Only a *.provider.ts imports better-auth or nodemailer; a service asks the provider.',
      { path: SRC, pathNot: suffix('provider') },
      { path: 'node_modules/(better-auth|nodemailer)/' },
    ),
    never(
      'below',
      'A provider wraps a library: it may import queries, but no service and no layer above.',
      { path: suffix('provider') },
      { path: suffix('service', ...ABOVE) },
    ),
    only(
      'schema',
      'A schema is the shape of a request or a response: zod, other schemas and pure rules.',
      suffix('schema'),
      suffix('schema'),
      PURE,
    ),
    never(
      'pure',
      '<noun>.ts in a feature holds rules: no I/O, no database, no service. Types are free.',
      { path: PURE, pathNot: GROUND },
      {
        path: [SQL, IO, suffix('service', 'queries', 'reader', 'controller', 'worker', 'command'), `${SRC}database/`],
        pathNot: `${SRC}database/schema/(enums|field-limits)\\.ts\\b`,
        dependencyTypesNot: [TYPE_ONLY],
      },
    ),
    never(
      'command',
      'A command speaks to a terminal: it never goes through HTTP.',
      { path: suffix('command') },
      { path: suffix('controller', 'guard', 'interceptor', 'filter', 'pipe', 'worker') },
    ),
    never(
      'ground',
      'Ground imports no feature.',
      { path: GROUND },
      { path: SRC, pathNot: [GROUND, `${SRC}config\\.ts\\b`] },
    ),
    never(
      'top',
      'What starts Rubric is imported by nothing.',
      { path: `${SRC}[^/]+/` },
      { path: `${SRC}(main|app|app\\.module|cli)\\.ts\\b` },
    ),
    never(
      'database',
      'database/ stands on nothing but the settings.',
      { path: `${SRC}database/` },
      { path: SRC, pathNot: [`${SRC}database/`, `${SRC}config\\.ts\\b`] },
    ),
    never(
      'driver',
      'Only database/ knows that the driver is pg; features use database/prepared.ts.',
      { path: SRC, pathNot: `${SRC}database/` },
      { path: `${SRC}database/driver/` },
    ),
    never(
      'admin',
      'The admin site knows the API and nothing of the server: all it needs is in packages/client.',
      { path: ADMIN },
      { path: '^(server|bench|packages)/', pathNot: '^packages/client/dist/client\\.js' },
    ),
    never(
      'screen',
      'A screen imports no other screen; what two share is ground: api/, commands/, design/, forms/, pickers/, routing/, texts/.',
      { path: `${ADMIN}([^/]+)/`, pathNot: ADMIN_GROUND },
      { path: ADMIN, pathNot: [`${ADMIN}$1/`, ADMIN_GROUND] },
    ),
    never(
      'admin-ground',
      'Ground imports no screen, and design/ knows nothing of the API.',
      { path: ADMIN_GROUND },
      { path: ADMIN, pathNot: ADMIN_GROUND },
    ),
    never(
      'admin-queries',
      'Routes import queries, and are in the first download: so would be a component that queries import.',
      { path: `${ADMIN}.*\\.queries\\.ts` },
      { path: `${ADMIN}(?!design/).*\\.tsx` },
    ),
    never(
      'design',
      'A component of design/ gets what it shows from its caller.',
      { path: `${ADMIN}(design|texts)/` },
      { path: [`${ADMIN}(api|pickers)/`, 'node_modules/@(tanstack/react-query|rubric)/'] },
    ),
    {
      name: 'folder-cycle',
      comment: 'Two folders that import each other are one folder, or three.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    never('file-cycle', 'Two files that import each other are one file, or three.', {}, { circular: true }),
    never(
      'nameless',
      'Folders are features and files say what they hold.',
      {},
      { path: `${SRC}.*/(utils?|common|shared|helpers?|index|misc)(/|\\.)` },
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
