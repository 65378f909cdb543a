import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { addUserCommands } from './auth/accounts/user.command.ts';
import { addTokenCommands } from './auth/tokens/tokens.command.ts';
import { errorMessage } from './cli/error-message.ts';
import { addDemoCommand } from './demo/demo.command.ts';
import { addDoctorCommand } from './doctor/doctor.command.ts';
import { addImportCommands } from './imports/wordpress/wordpress.command.ts';

/** Each adds the commands of one feature. */
const COMMANDS = [addUserCommands, addTokenCommands, addDemoCommand, addDoctorCommand, addImportCommands];

const VERSION: string = createRequire(import.meta.url)('../package.json').version;
const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

const program = new Command('rubric')
  .description('Looks after a Rubric: its people, its tokens and its content. Reads the same settings as the server.')
  .version(VERSION, '-V, --version', 'says which version of Rubric this is')
  .exitOverride();
for (const addCommands of COMMANDS) addCommands(program);

// Whoever reads the output may have seen enough, as in `rubric token list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said already what is wrong, on stderr, or printed the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else {
    process.stderr.write(`${errorMessage(error)}\n`);
    process.exitCode = EXIT_FAILURE;
  }
}
