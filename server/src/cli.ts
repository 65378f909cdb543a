import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { addUserCommands } from './auth/accounts/user.command.ts';
import { addTokenCommands } from './auth/tokens/tokens.command.ts';
import { errorMessage } from './cli/error-message.ts';
import { addDemoCommand } from './demo/demo.command.ts';
import { addDoctorCommand } from './doctor/doctor.command.ts';
import { addImportCommands } from './imports/wordpress/wordpress.command.ts';

/** Each function adds the commands of one feature. */
const COMMANDS = [addUserCommands, addTokenCommands, addDemoCommand, addDoctorCommand, addImportCommands];

const VERSION: string = createRequire(import.meta.url)('../package.json').version;
const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

const program = new Command('rubric')
  .description('Manages accounts, tokens and content. Reads the same settings as the server.')
  .version(VERSION, '-V, --version', 'print the version of Rubric')
  .exitOverride();
for (const addCommands of COMMANDS) addCommands(program);

// The reader can close the pipe early, as in `rubric token list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has already printed the error to stderr, or the help that was requested.
    if (error.code === 'commander.unknownCommand')
      process.stderr.write('Run "npx rubric --help" for the list of commands.\n');
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else {
    process.stderr.write(`${errorMessage(error)}\n`);
    process.exitCode = EXIT_FAILURE;
  }
}
