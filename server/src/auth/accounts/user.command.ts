import { type Command, Option } from 'commander';
import { COMMAND } from '../../access/principal.ts';
import { parseWith } from '../../cli/parse-with.ts';
import { promptPassword } from '../../cli/password-prompt.ts';
import { requireOptions } from '../../cli/require-options.ts';
import { formatTable } from '../../cli/table.ts';
import { withDatabase } from '../../cli/with-database.ts';
import { ROLES, type Role } from '../../database/schema/enums.ts';
import { MAX } from '../../database/schema/field-limits.ts';
import { filledText } from '../../http/wire.schema.ts';
import { email as emailAddress, newPassword } from '../passwords/password.schema.ts';
import type { AccountsService } from './accounts.service.ts';

/** Adds `rubric user create` and `rubric user list`. The first admin can only be created here. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('Create and list user accounts');
  user
    .command('create')
    .description('Create an account; prompts for the password, or reads it from the first line of standard input')
    .option('--email <address>', 'email address to sign in with', parseWith(emailAddress))
    .addOption(new Option('--role <role>', 'permissions of the account').choices(ROLES))
    .option(
      '--name <name>',
      'display name (default: the part of the address before the @)',
      parseWith(filledText(MAX.name)),
    )
    .hook('preAction', requireOptions('email', 'role'))
    .action((options: CreateOptions) => create(options));
  user
    .command('list')
    .description('List all accounts')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) => list(json ?? false));
}

interface CreateOptions {
  email: string;
  role: Role;
  name?: string;
}

async function create({ email, role, name = email.split('@', 1)[0] ?? email }: CreateOptions) {
  const password = newPassword.safeParse(await promptPassword());
  if (!password.success) throw new Error(`The password ${password.error.issues[0]?.message}.`);
  const { AccountsService } = await import('./accounts.service.ts');
  const account = { email, role, name, authorId: null };
  const { id } = await withDatabase((db, config) =>
    new AccountsService(db, config).create(account, password.data, COMMAND),
  );
  process.stdout.write(`Account ${id}, ${email}, role ${role}.\n`);
}

async function list(json: boolean) {
  const { AccountsService } = await import('./accounts.service.ts');
  const accounts = await withDatabase((db, config) => findAllPages(new AccountsService(db, config)));
  if (json) return void process.stdout.write(`${JSON.stringify(accounts, null, 2)}\n`);
  const rows = accounts.map((account) => [
    String(account.id),
    account.role,
    account.email,
    account.secondFactor ? 'yes' : '-',
    account.suspendedAt?.toISOString().slice(0, 10) ?? '-',
    account.name,
  ]);
  process.stdout.write(formatTable(['ID', 'ROLE', 'EMAIL', '2ND FACTOR', 'SUSPENDED', 'NAME'], rows));
}

async function findAllPages(service: AccountsService) {
  type Page = Awaited<ReturnType<typeof service.findAll>>;
  const rows: Page['data'] = [];
  for (let after: string | undefined; ; ) {
    const { data, page }: Page = await service.findAll({ limit: 100, total: false, ...(after && { after }) });
    rows.push(...data);
    if (page.next === null) return rows;
    after = page.next;
  }
}
