/** `npm run doctor`: which imports today's rules would read differently, and reads them again where asked to. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { readConfig } from '../server/config.ts';
import type { ImportRecord } from '../server/contract/imports.ts';
import { readFacts } from '../server/ingest/read/facts.ts';
import { keepFilesPrivate } from '../server/private-files.ts';
import { StartError } from '../server/start-error.ts';
import type { Language } from '../server/wording.ts';
import { type Ledger, openLedger } from './doctor/ledger.ts';
import { type Finding, jsonLine, sayEnd, sayFinding, sayUnknown } from './doctor/report.ts';
import { UsageError } from './import/flags.ts';
import { languageFlag, languageOf, messageOf } from './import/language.ts';

const EXIT = { sound: 0, found: 1, usage: 2 } as const;

const flags = z.object({
  reread: z.boolean().default(false),
  json: z.boolean().default(false),
  data: z.string().optional(),
  lang: z.enum(['en', 'zh']).optional(),
});

function command(): Command {
  return new Command('doctor')
    .description(
      'Lists the imports of a data folder that today’s rules would read differently, as far as their rows tell it. Files that are given are read and compared, which tells all of it.',
    )
    .argument('[file...]', 'files that were imported; they are known by their bytes')
    .option(
      '--reread',
      'read the files again, each in the place of its import: those given, else those that the watched folder keeps',
    )
    .option('--json', 'a line of JSON for each import')
    .option('--data <folder>', 'data folder (default: DRAMASCOPE_DATA, else ./.dramascope)')
    .addOption(languageFlag())
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing to do, 1 something would be read differently or failed, 2 bad usage.',
    )
    .showHelpAfterError()
    .exitOverride();
}

let language: Language = languageOf(undefined, process.env);

async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const program = command();
  program.parse(argv);
  const { reread, json, data, lang } = flags.parse(program.opts());
  language = languageOf(lang, process.env);
  const calledFrom = process.env.DRAMASCOPE_CALLED_FROM ?? process.cwd();
  const paths = program.args.map((file) => resolve(calledFrom, file));
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new UsageError(language === 'zh' ? `${missing} 不存在。` : `${missing} does not exist.`);
  const ledger = await openLedger(data ? resolve(calledFrom, data) : readConfig(process.env).dataFolder, language);
  try {
    const findings = paths.length > 0 ? await ofFiles(ledger, paths) : await ofRows(ledger);
    let open = 0;
    for (const finding of findings) {
      const done = reread ? await readAgain(ledger, finding) : finding;
      if (!isDone(done)) open += 1;
      console.log(json ? jsonLine(done) : sayFinding(done, language).join('\n'));
    }
    if (!json) console.log(sayEnd(findings.length, open, paths.length > 0, language));
    return open > 0 ? EXIT.found : EXIT.sound;
  } finally {
    await ledger.close();
  }
}

const isDone = ({ again }: Finding) => again?.record?.status === 'committed';

async function ofRows(ledger: Ledger): Promise<Finding[]> {
  return (await ledger.outdated()).map(({ outdated, file_kept, ...record }) => ({
    ...{ record, changes: outdated, kept: file_kept, path: null },
  }));
}

/** Each import of the files' bytes, compared with what they would be read as. */
async function ofFiles(ledger: Ledger, paths: readonly string[]): Promise<Finding[]> {
  const committed = (await ledger.imports()).filter(({ status }) => status === 'committed');
  const findings: Finding[] = [];
  for (const path of paths) {
    const { sha256 } = await readFacts(path);
    const of = committed.filter((record) => record.sha256 === sha256);
    if (of.length === 0) console.error(sayUnknown(path, language));
    for (const record of of) {
      const { changes } = await ledger.tryReread(record.import_id, path);
      if (changes.length > 0) findings.push({ record, changes, kept: false, path });
    }
  }
  return findings;
}

async function readAgain(ledger: Ledger, finding: Finding): Promise<Finding> {
  const { record, path, kept } = finding;
  if (path === null && !kept) return finding;
  try {
    const ended: ImportRecord = await ledger.reread(record.import_id, path);
    const failure = ended.error?.detail[language];
    return { ...finding, again: failure === undefined ? { record: ended } : { record: ended, failure } };
  } catch (error) {
    return { ...finding, again: { failure: messageOf(error, language) } };
  }
}

process.exitCode = await main(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.sound : EXIT.usage;
  console.error(messageOf(error, language));
  if (error instanceof StartError) return error.exitCode;
  return error instanceof UsageError ? EXIT.usage : EXIT.found;
});
