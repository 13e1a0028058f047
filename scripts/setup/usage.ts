/** What the scripts that have flags share. */
import { type Command, InvalidArgumentError } from 'commander';

/** Reads the command line; what is wrong in it is told with the usage, and ends the script with exit code 2. */
export function readUsage(command: Command): Command {
  return command
    .allowExcessArguments(false)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse();
}

/** A flag's whole number, from `least` on. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least}.`);
  };

/** A flag's number above 0. */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError('Give a number above 0.');
}
