/** The command's flags, and what they ask for. A new import option needs one line in `OPTION_FLAGS`. */
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { z } from 'zod';
import {
  type FileKind,
  fieldSchema,
  fileKindSchema,
  type ImportOptions,
  importOptionsSchema,
  type Mapping,
} from '../../server/contract/imports.ts';
import { knownEncoding } from '../../server/ingest/read/encoding/encoding-choice.ts';
import { ProblemError } from '../../server/problem.ts';
import { readGiven } from '../../server/read-given.ts';
import { timeZoneFault } from '../../server/time-zone.ts';
import { currencyOf } from '../../server/vocabulary/currencies.ts';
import { inLanguage, type Language } from '../../server/wording.ts';
import { languageFlag } from './language.ts';

export interface Choice {
  readonly kind?: FileKind;
  readonly map: Mapping;
  readonly options: ImportOptions;
  readonly force: boolean;
  /** What is in doubt is taken as proposed. */
  readonly strict: boolean;
  /** A saved profile; `''` for none; left out for the one that matches. */
  readonly profile?: string;
  readonly saveProfile?: string;
}

export interface CommandLine {
  /** As typed; `-` is standard input. */
  readonly files: readonly string[];
  readonly choice: Choice;
  readonly dryRun: boolean;
  readonly data: string | null;
  /** What standard input is called. */
  readonly filename: string;
  /** One line of JSON for each file instead of text. */
  readonly json: boolean;
  /** Left out: the terminal's. */
  readonly lang: Language | undefined;
}

/** A fault in how the command was called. */
export class UsageError extends Error {}

/** Each option of an import: what follows its flag, and what it says. */
const OPTION_FLAGS: Readonly<Record<keyof ImportOptions, readonly [value: string, description: string]>> = {
  encoding: ['name', 'such as utf-8 or gb18030 (default: judged from the bytes)'],
  delimiter: ['character', 'between columns (default: judged)'],
  sheet: ['name', 'of a workbook (default: the one most like a table)'],
  header_row: ['row', 'that names the columns, counted from 1; 0 where none does (default: found)'],
  across: [
    'what',
    'a wide table has in its columns: time, platform, series, tables side by side, or none (default: asked)',
  ],
  time_zone: ['name', 'of times without an offset, an IANA name (default: the dataset’s)'],
  date_order: ['order', 'ymd, dmy, mdy or ydm'],
  date_format: ['letters', 'how every date is written, such as dd.MM.yyyy or "d MMM yy HH:mm" (default: judged)'],
  dates_up_to: ['day', 'dates without a year are the latest ones not after this day'],
  day: ['day', 'of every row, for a log without a column of dates (default: the one in the file’s name)'],
  latest_day: ['day', 'rows after it are rejected (default: tomorrow)'],
  time_numbers: [
    'unit',
    'excel, seconds, milliseconds, microseconds or nanoseconds: what plain numbers in the time column are',
  ],
  decimal_mark: ['mark', 'point or comma'],
  views_are: ['kind', 'increment, cumulative or event (default: judged from the values)'],
  covers: ['span', 'instant, hour, day, week_ending, week_starting or month'],
  mode: ['mode', 'upsert, append or replace_range'],
  source: ['name', 'who states the numbers (default: the profile’s name, else the file name without dates and digits)'],
  coverage: ['kind', 'census, or chart for a top N that says nothing of the series not on it (default: judged)'],
  currency: ['code', 'of money columns that name none; in a file of rates the base (default: CNY)'],
  rates_are: [
    'direction',
    'base_per_unit (1 JPY = 0.0058 EUR) or units_per_base (1 EUR = 172.53 JPY), in a file of rates (default: judged, else base_per_unit)',
  ],
  platform: ['name', 'of every row, for files without such a column'],
  series: ['title', 'of every row, for a log of one account without a column of titles'],
  mends: ['id', 'the import whose rejected lines, mended, the file holds (default: by the file’s name)'],
};

const flagOf = (option: string) => option.replaceAll('_', '-');
const keyOf = (option: string) => option.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());

export function command(): Command {
  const program = new Command('import')
    .description(
      'Imports CSV, TSV, XLSX, NDJSON or Parquet files (also .gz, .zst) of view logs, series catalogues and exchange rates.',
    )
    .argument(
      '<path...>',
      'files, folders (with all in them), patterns such as "logs/**/*.parquet", and - for standard input',
    )
    .version(version(), '--version', 'says the version')
    .addOption(
      new Option('--kind <kind>', 'what the files are (default: judged from the columns)').choices(
        fileKindSchema.options,
      ),
    )
    .option(
      '--map <field=column>',
      'column of a field, over the proposed one; repeatable',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .option('--profile <name>', 'import by this saved profile (default: the one with the file’s columns)')
    .option('--no-profile', 'import by no saved profile')
    .option('--save-profile <name>', 'save mapping and options under this name once imported; it is the source, too')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--force', 'import although the same bytes are imported already')
    .option('--strict', 'refuse what is in doubt and no option answers (default: taken as proposed, with a warning)')
    .option('--filename <name>', 'what standard input is called: source and platform are judged by it', 'stdin')
    .option('--json', 'say what became of each file as a line of JSON')
    .option('--data <folder>', 'data folder (default: DRAMASCOPE_DATA, else ./.dramascope)')
    .addOption(languageFlag())
    .addHelpText(
      'after',
      '\nExit codes: 0 all committed or there already, 1 failed or cancelled, 2 bad usage, 3 committed with rejects.',
    )
    .showHelpAfterError()
    .exitOverride();
  for (const [option, [value, description]] of Object.entries(OPTION_FLAGS))
    program.option(`--${flagOf(option)} <${value}>`, description);
  return program;
}

const flags = z.looseObject({
  kind: fileKindSchema.optional(),
  map: z.array(z.string()).default([]),
  profile: z.union([z.string(), z.boolean()]).default(true),
  saveProfile: z.string().optional(),
  dryRun: z.boolean().default(false),
  force: z.boolean().default(false),
  strict: z.boolean().default(false),
  data: z.string().optional(),
  filename: z.string(),
  json: z.boolean().default(false),
  lang: z.enum(['en', 'zh']).optional(),
});

/** @throws UsageError, and commander's own error for what it does not know */
export function readCommand(argv: readonly string[]): CommandLine {
  const program = command();
  program.parse(argv);
  const given = flags.parse(program.opts());
  const { kind, profile, saveProfile } = given;
  if (profile === '' || saveProfile === '') throw new UsageError('a profile’s name cannot be empty');
  return {
    files: program.args,
    dryRun: given.dryRun,
    data: given.data ?? null,
    filename: filenameOf(given.filename),
    json: given.json,
    lang: given.lang,
    choice: {
      ...(kind ? { kind } : {}),
      map: mappingOf(given.map),
      options: optionsOf(given),
      force: given.force,
      strict: given.strict,
      ...(profile === true ? {} : { profile: profile === false ? '' : profile }),
      ...(saveProfile ? { saveProfile } : {}),
    },
  };
}

/** Of the project, as its package states it; source and bundle lie equally deep. */
function version(): string {
  const stated: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(stated).version;
}

function filenameOf(name: string): string {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/u.test(name)) return name;
  throw new UsageError('--filename: give a name such as views.csv, without folders');
}

function mappingOf(pairs: readonly string[]): Mapping {
  const map: Mapping = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const field = fieldSchema.safeParse(pair.slice(0, Math.max(at, 0)));
    if (at < 0 || !field.success)
      throw new UsageError(`--map ${pair}: write field=column, with one of ${fieldSchema.options.join(', ')}`);
    map[field.data] = pair.slice(at + 1);
  }
  return map;
}

function optionsOf(given: Readonly<Record<string, unknown>>): ImportOptions {
  const stated = Object.keys(OPTION_FLAGS).flatMap((option) => {
    const value = given[keyOf(option)];
    if (value === undefined) return [];
    if (option === 'header_row') return [[option, Number(value)]];
    return [[option, value === '\\t' ? '\t' : value]];
  });
  try {
    const options = readGiven(importOptionsSchema, Object.fromEntries(stated));
    refuseUnknown(options);
    return options;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const faults = (error.errors ?? []).map(({ path, message }) => `--${flagOf(path)}: ${inLanguage(message, 'en')}`);
    throw new UsageError(faults.join('\n'));
  }
}

/** What is wrong for any file is a fault of the call, told before anything is begun. */
function refuseUnknown({ encoding, time_zone: zone, currency }: ImportOptions): void {
  const fault = zone === undefined ? null : timeZoneFault(zone);
  if (fault !== null) throw new UsageError(`--time-zone: ${fault.en}`);
  if (currency !== undefined && currencyOf(currency) === null)
    throw new UsageError(`--currency: “${currency}” is no currency; give an ISO 4217 code such as CNY.`);
  try {
    if (encoding !== undefined) knownEncoding(encoding);
  } catch (error) {
    throw error instanceof ProblemError ? new UsageError(`--encoding: ${error.detail.en}`) : error;
  }
}
