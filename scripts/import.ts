/** `npm run import -- PATH...`: imports files through a running server of the data folder, or opens the folder itself. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { readConfig } from '../server/config.ts';
import { keepFilesPrivate } from '../server/private-files.ts';
import { StartError } from '../server/start-error.ts';
import type { Language } from '../server/wording.ts';
import { expandFiles, type GivenFile, ordered } from './import/files.ts';
import { type CommandLine, readCommand, UsageError } from './import/flags.ts';
import { duplicateOf, ImportError, languageOf, messageOf, problemOf } from './import/language.ts';
import { progressLine } from './import/progress.ts';
import {
  type Ended,
  jsonLine,
  sayAlready,
  sayClashes,
  sayDryRun,
  sayImport,
  sayNotBegun,
  saySkipped,
  summary,
} from './import/report.ts';
import { receiveStandardInput } from './import/standard-input.ts';
import { openTarget, type Target } from './import/target.ts';

const EXIT = { committed: 0, failed: 1, usage: 2, rejects: 3 } as const;

async function importOne(
  target: Target,
  file: GivenFile,
  { choice, dryRun, json }: CommandLine,
  language: Language,
  signal: AbortSignal,
): Promise<Ended> {
  const { path, name } = file;
  const progress = progressLine(name, process.stderr, language);
  const say = (lines: readonly string[]) => json || console.log(lines.join('\n'));
  try {
    if (!existsSync(path)) throw new ImportError({ en: `${path} does not exist.`, zh: `${path} 不存在。` });
    if (dryRun) {
      const dry = await target.dryRun(file, choice, progress, signal);
      progress.end();
      say(sayDryRun(name, dry, language));
      return { name, dry };
    }
    const record = await target.importFile(file, choice, progress, signal);
    progress.end();
    say(sayImport(name, record, language));
    return { name, record };
  } catch (error) {
    progress.end();
    const duplicate = duplicateOf(error);
    if (duplicate !== null && !signal.aborted) {
      say([sayAlready(name, duplicate.already, language, duplicate.saved)]);
      return { name, already: duplicate.already };
    }
    const failure = signal.aborted ? CANCELLED[language] : messageOf(error, language);
    console.error(language === 'zh' ? `${name}：${failure}` : `${name}: ${failure}`);
    return { name, failure, problem: signal.aborted ? undefined : problemOf(error, language) };
  }
}

const CANCELLED = { en: 'cancelled; nothing of it was kept', zh: '已取消，没有写入任何数据' };

function notBegun({ name }: GivenFile, language: Language): Ended {
  console.error(sayNotBegun(name, language));
  return { name, notBegun: true };
}

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

/** Of what is said of a failure, too. */
let language = languageOf(undefined, process.env);

async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const line = readCommand(argv);
  language = languageOf(line.lang, process.env);
  const calledFrom = process.env.DRAMASCOPE_CALLED_FROM ?? process.cwd();
  const typed = line.files.filter((one) => one !== '-');
  const found = await expandFiles(typed, calledFrom, (skipped) => console.error(saySkipped(skipped, language)));
  const signal = cancelOnSignal();
  const piped = line.files.includes('-') ? await receiveStandardInput(line.filename, signal) : null;
  try {
    const files = await ordered([...found, ...(piped === null ? [] : [piped.file])]);
    return await importAll(files, line, calledFrom, language, signal);
  } finally {
    await piped?.remove();
  }
}

async function importAll(
  files: readonly GivenFile[],
  line: CommandLine,
  calledFrom: string,
  language: Language,
  signal: AbortSignal,
): Promise<number> {
  const target = await openTarget(
    line.data ? resolve(calledFrom, line.data) : readConfig(process.env).dataFolder,
    language,
  );
  const ends: Ended[] = [];
  try {
    for (const file of files) {
      const end = signal.aborted ? notBegun(file, language) : await importOne(target, file, line, language, signal);
      if (line.json) console.log(jsonLine(end));
      ends.push(end);
    }
  } finally {
    await target.close();
  }
  if (files.length > 1 && !line.json)
    console.log(['', summary(ends, language), ...sayClashes(ends, language)].join('\n'));
  if (signal.aborted || ends.some((end) => end.failure !== undefined)) return EXIT.failed;
  return ends.some((end) => (end.record?.rows_rejected ?? 0) > 0) ? EXIT.rejects : EXIT.committed;
}

process.exitCode = await main(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.committed : EXIT.usage;
  console.error(messageOf(error, language));
  if (error instanceof StartError) return error.exitCode;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
});
