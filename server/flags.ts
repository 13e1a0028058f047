import { Command, type CommanderError, Option } from 'commander';
import { z } from 'zod';
import { settings } from './config.ts';

/** @throws CommanderError after help or the fault is printed */
export function readFlags(argv: readonly string[]): Readonly<Record<string, string>> {
  const program = serverCommand().parse(argv);
  const given = z.record(z.string(), z.string()).parse(program.opts());
  return Object.fromEntries(
    settings.flatMap(({ name, flag }) => {
      const value = flag === null ? undefined : given[new Option(`${flag} <value>`).attributeName()];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** 0 after help, 2 for an unknown flag. */
export const exitCodeOf = (error: CommanderError): 0 | 2 => (error.exitCode === 0 ? 0 : 2);

function serverCommand(): Command {
  const program = new Command('npm start --')
    .usage('[options]')
    .description('Serves the page and the API. Each setting is an environment variable or a flag; the flag wins.')
    .helpOption('--help', 'says this')
    .showHelpAfterError()
    .exitOverride();
  for (const { name, flag, value, help, fallback } of settings)
    if (flag !== null) program.option(`${flag} <${value}>`, `${help} (${name}, default: ${fallback})`);
  const secrets = settings.filter(({ flag }) => flag === null);
  if (secrets.length > 0)
    program.addHelpText(
      'after',
      `\nAs environment variables only:\n${secrets.map((s) => `  ${s.name}  ${s.help} (default: ${s.fallback})`).join('\n')}`,
    );
  return program;
}
