/** `npm run import -- PATH...`: imports files through a running server of the data folder, or opens the folder itself. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { readConfig } from '../server/config.ts';
import { expandFiles, type GivenFile, ordered } from './import/files.ts';
import { type CommandLine, readCommand, UsageError } from './import/flags.ts';
import { progressLine } from './import/progress.ts';
import { type Ended, sayDryRun, sayImport, summary } from './import/report.ts';
import { ImportError, openTarget, type Target } from './import/target.ts';

const EXIT = { committed: 0, failed: 1, usage: 2, rejects: 3 } as const;

async function importOne(
  target: Target,
  { path, name }: GivenFile,
  { choice, dryRun }: CommandLine,
  signal: AbortSignal,
): Promise<Ended> {
  const progress = progressLine(name, process.stderr);
  try {
    if (!existsSync(path)) throw new ImportError(`${path} does not exist.`);
    if (dryRun) {
      const dry = await target.dryRun(path, choice, progress, signal);
      progress.end();
      console.log(sayDryRun(name, dry).join('\n'));
      return { name, dry };
    }
    const record = await target.importFile(path, choice, progress, signal);
    progress.end();
    console.log(sayImport(name, record).join('\n'));
    return { name, record };
  } catch (error) {
    progress.end();
    const failure = signal.aborted ? 'cancelled; nothing of it was kept' : messageOf(error);
    console.error(`${name}: ${failure}`);
    return { name, failure };
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The first Ctrl+C cancels the import at hand and leaves the rest; the second ends at once. */
function cancelOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.failed);
      controller.abort();
    });
  return controller.signal;
}

async function main(argv: readonly string[]): Promise<number> {
  const line = readCommand(argv);
  const calledFrom = process.env.DRAMASCOPE_CALLED_FROM ?? process.cwd();
  const files = await ordered(await expandFiles(line.files, calledFrom));
  const signal = cancelOnSignal();
  const target = await openTarget(line.data ? resolve(calledFrom, line.data) : readConfig(process.env).dataFolder);
  const ends: Ended[] = [];
  try {
    for (const file of files) if (!signal.aborted) ends.push(await importOne(target, file, line, signal));
  } finally {
    await target.close();
  }
  if (files.length > 1) console.log(`\n${summary(ends)}`);
  if (signal.aborted || ends.some((end) => end.failure !== undefined)) return EXIT.failed;
  return ends.some((end) => (end.record?.rows_rejected ?? 0) > 0) ? EXIT.rejects : EXIT.committed;
}

process.exitCode = await main(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.committed : EXIT.usage;
  console.error(messageOf(error));
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
});
