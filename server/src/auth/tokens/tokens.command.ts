import { type Command, InvalidArgumentError, Option } from 'commander';
import { COMMAND } from '../../access/principal.ts';
import { parseWith } from '../../cli/parse-with.ts';
import { formatTable } from '../../cli/table.ts';
import { withDatabase } from '../../cli/with-database.ts';
import { ROLES } from '../../database/schema/field-limits.ts';
import { expiryAfter } from './expiry.ts';
import { TokenCreate, TokenIdParams } from './tokens.schema.ts';
import { TokensService } from './tokens.service.ts';

/** `rubric token create`, `list` and `revoke`: the first token has to come from somewhere, and a server may be down. */
export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('Create, list and revoke API tokens');
  token
    .command('create')
    .description('Print a new token on stdout, this once; only its SHA-256 is kept')
    .requiredOption('--name <name>', 'what it is for', parseWith(TokenCreate.shape.name))
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--read-only', 'good for reading only')
    .option('--categories <ids>', 'good only for articles under these categories, comma between', categoryList)
    .option('--expires <time>', 'how long it is good: 12h, 90d or 52w (for ever without)', expiry)
    .action((options: CreateOptions) => create(options));
  token
    .command('list')
    .description('Show all tokens, without their secrets')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => list(json ?? false));
  token
    .command('revoke')
    .description('Refuse a token from the next request on')
    .argument('<id>', 'as `rubric token list` shows it', parseWith(TokenIdParams.shape.id))
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
  await withDatabase(async (db) => {
    const { id, token, expiresAt } = await new TokensService(db).create(
      { name, role, readOnly, categoryIds: categories, expiresAt: expires },
      COMMAND,
    );
    // Before the database is let go of: whatever happens then, a token that exists has been shown.
    process.stdout.write(`${token}\n`);
    const until = expiresAt ? `until ${expiresAt.toISOString()}` : 'for ever';
    process.stderr.write(`Token ${id}, role ${role}, good ${until}. Keep it: it is not shown again.\n`);
  });
}

async function list(json: boolean) {
  const { data } = await withDatabase((db) => new TokensService(db).findAll(COMMAND));
  if (json) return void process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  const day = (time: Date | null) => time?.toISOString().slice(0, 10) ?? '-';
  const rows = data.map((token) => [
    String(token.id),
    token.role,
    `rubric_${token.prefix}`,
    day(token.createdAt),
    day(token.expiresAt),
    day(token.revokedAt),
    token.name,
  ]);
  process.stdout.write(formatTable(['ID', 'ROLE', 'BEGINS WITH', 'CREATED', 'EXPIRES', 'REVOKED', 'NAME'], rows));
}

async function revoke(id: number) {
  await withDatabase((db) => new TokensService(db).revoke(id, COMMAND));
  process.stdout.write(`Token ${id} is revoked.\n`);
}

function categoryList(value: string): string[] {
  const ids = value.split(',');
  if (!ids.every((id) => TokenIdParams.shape.id.safeParse(id).success)) {
    throw new InvalidArgumentError('It must be ids of categories with a comma between, as in 3,8.');
  }
  return ids;
}

function expiry(value: string): Date {
  const time = expiryAfter(value, new Date());
  if (!time)
    throw new InvalidArgumentError('It must be a whole number of hours, days or weeks, as in 12h, 90d or 52w.');
  return time;
}
