import { type Command, InvalidArgumentError, Option } from 'commander';
import { COMMAND } from '../../access/principal.ts';
import { parseWith } from '../../cli/parse-with.ts';
import { requireOptions } from '../../cli/require-options.ts';
import { formatTable } from '../../cli/table.ts';
import { withDatabase } from '../../cli/with-database.ts';
import { ROLES } from '../../database/schema/enums.ts';
import { expiryAfter, MAX_DAYS } from './expiry.ts';
import { TokenCreate, TokenIdParams } from './tokens.schema.ts';

/** Adds `rubric token create`, `list` and `revoke`. They create the first token, and work without a running server. */
export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('Create, list and revoke API tokens');
  token
    .command('create')
    .description('Print a new token to stdout. It is not shown again: only its SHA-256 is stored')
    .option('--name <name>', 'name of the token', parseWith(TokenCreate.shape.name))
    .addOption(new Option('--role <role>', 'permissions of the token').choices(ROLES))
    .option('--read-only', 'allow only reading')
    .option('--categories <ids>', 'allow only articles in these categories, comma-separated', parseCategoryIds)
    .option('--expires <time>', 'lifetime, such as 12h, 90d or 52w (default: never expires)', parseExpiry)
    .hook('preAction', requireOptions('name', 'role'))
    .action((options: CreateOptions) => create(options));
  token
    .command('list')
    .description('List all tokens, without their secrets')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) => list(json ?? false));
  token
    .command('revoke')
    .description('Revoke a token; it is refused from the next request')
    .argument('<id>', 'id shown by `rubric token list`', parseWith(TokenIdParams.shape.id))
    .action((id: number) => revoke(id));
}

interface CreateOptions {
  name: string;
  role: (typeof ROLES)[number];
  expires?: Date;
  readOnly?: boolean;
  categories?: string[];
}

async function create({ name, role, expires, readOnly = false, categories }: CreateOptions) {
  const { TokensService } = await import('./tokens.service.ts');
  await withDatabase(async (db) => {
    const { id, token, expiresAt } = await new TokensService(db).create(
      { name, role, readOnly, categoryIds: categories, expiresAt: expires },
      COMMAND,
    );
    // Printed before the connection is closed, so that a token that exists has always been shown.
    process.stdout.write(`${token}\n`);
    const expiry = expiresAt ? `expires ${expiresAt.toISOString()}` : 'never expires';
    process.stderr.write(`Token ${id}, role ${role}, ${expiry}. Store it now: it is not shown again.\n`);
  });
}

async function list(json: boolean) {
  // Without the service, which would load Nest: that takes longer than everything else here together.
  const { listTokens } = await import('./tokens.queries.ts');
  const tokens = await withDatabase((db) => listTokens(db, null));
  if (json) return void process.stdout.write(`${JSON.stringify(tokens, null, 2)}\n`);
  const day = (time: Date | null) => time?.toISOString().slice(0, 10) ?? '-';
  const rows = tokens.map((token) => [
    String(token.id),
    token.role,
    `rubric_${token.prefix}`,
    day(token.createdAt),
    day(token.expiresAt),
    day(token.revokedAt),
    token.name,
  ]);
  process.stdout.write(formatTable(['ID', 'ROLE', 'PREFIX', 'CREATED', 'EXPIRES', 'REVOKED', 'NAME'], rows));
}

async function revoke(id: number) {
  const { TokensService } = await import('./tokens.service.ts');
  await withDatabase((db) => new TokensService(db).revoke(id, COMMAND));
  process.stdout.write(`Token ${id} was revoked.\n`);
}

function parseCategoryIds(value: string): string[] {
  const ids = value.split(',');
  if (!ids.every((id) => TokenIdParams.shape.id.safeParse(id).success)) {
    throw new InvalidArgumentError('It must be comma-separated ids of categories, such as 3,8.');
  }
  return ids;
}

function parseExpiry(value: string): Date {
  const time = expiryAfter(value, new Date());
  if (!time)
    throw new InvalidArgumentError(
      `It must be a whole number of hours, days or weeks, at most ${MAX_DAYS}d, such as 12h, 90d or 52w.`,
    );
  return time;
}
