import type { Command } from 'commander';

const EXIT_USAGE = 2;

/**
 * Returns a `preAction` hook that refuses a command unless all these options are given. Names all that are missing;
 * commander's `requiredOption` names only the first.
 *
 * @param names as in the parsed options, such as `readOnly` for `--read-only`
 */
export const requireOptions =
  (...names: readonly string[]) =>
  (command: Command): void => {
    const missing = command.options
      .filter((option) => names.includes(option.attributeName()))
      .filter((option) => command.getOptionValue(option.attributeName()) === undefined)
      .map(({ flags }) => `'${flags}'`);
    if (missing.length === 0) return;
    const noun = missing.length === 1 ? 'option' : 'options';
    command.error(`error: required ${noun} ${missing.join(' and ')} not specified`, { exitCode: EXIT_USAGE });
  };
