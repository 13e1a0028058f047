/** `npm run import -- FILE...`: imports files through a running server of the data folder, or opens the folder itself. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { readConfig } from '../server/config.ts';
import {
  type DryRun,
  dryRunSchema,
  type FileKind,
  fieldSchema,
  fileKindSchema,
  type ImportOptions,
  type ImportRecord,
  importOptionsSchema,
  importSchema,
  type Mapping,
  uploadSchema,
} from '../server/contract/imports.ts';
import { problemSchema } from '../server/contract/problem.ts';
import { openDataset } from '../server/dataset.ts';

const EXIT = { committed: 0, failed: 1, usage: 2, rejects: 3 } as const;

interface Choice {
  readonly kind?: FileKind;
  readonly map: Mapping;
  readonly options: ImportOptions;
  readonly force: boolean;
}

type Progress = (record: ImportRecord) => void;

/** Where the files go: a running server, or the folder itself. */
interface Target {
  importFile(path: string, choice: Choice, onProgress: Progress): Promise<ImportRecord>;
  dryRun(path: string, choice: Choice): Promise<DryRun>;
  close(): Promise<void>;
}

const flags = z.object({
  kind: fileKindSchema.optional(),
  map: z.array(z.string()).default([]),
  dryRun: z.boolean().default(false),
  force: z.boolean().default(false),
  data: z.string().optional(),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  sheet: z.string().optional(),
  timeZone: z.string().optional(),
  dateOrder: z.string().optional(),
  datesUpTo: z.string().optional(),
  timeNumbers: z.string().optional(),
  decimalMark: z.string().optional(),
  viewsAre: z.string().optional(),
  covers: z.string().optional(),
  mode: z.string().optional(),
  source: z.string().optional(),
  currency: z.string().optional(),
  platform: z.string().optional(),
});

function command(): Command {
  return new Command('import')
    .description(
      'Imports CSV, TSV, XLSX, NDJSON or Parquet files (also .gz, .zst) of view logs, series catalogues and exchange rates.',
    )
    .argument('<file...>', 'files to import, one after the other')
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
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--force', 'import although the same bytes are imported already')
    .option('--data <folder>', 'data folder (default: DRAMASCOPE_DATA, else ./.dramascope)')
    .option('--encoding <name>', 'such as utf-8 or gb18030 (default: judged from the bytes)')
    .option('--delimiter <character>', 'between columns (default: judged)')
    .option('--sheet <name>', 'of a workbook (default: the one most like a table)')
    .option('--time-zone <name>', 'of times without an offset, an IANA name (default: the dataset’s)')
    .option('--date-order <order>', 'ymd, dmy, mdy or ydm')
    .option('--dates-up-to <day>', 'dates without a year are the latest ones not after this day')
    .option('--time-numbers <unit>', 'excel, seconds or milliseconds: what plain numbers in the time column are')
    .option('--decimal-mark <mark>', 'point or comma')
    .option('--views-are <kind>', 'increment, cumulative or event (default: judged from the values)')
    .option('--covers <span>', 'instant, hour, day, week_ending, week_starting or month')
    .option('--mode <mode>', 'upsert, append or replace_range')
    .option('--source <name>', 'who states the numbers (default: the file name without dates and digits)')
    .option('--currency <code>', 'of money columns that name none; in a file of rates the base (default: CNY)')
    .option('--platform <name>', 'of every row, for files without such a column')
    .addHelpText('after', '\nExit codes: 0 all committed, 1 failed, 2 bad usage, 3 committed with rejects.')
    .exitOverride();
}

/** A fault in how the command was called. */
class UsageError extends Error {}

/** A refusal of the server or of the import, fit to show. */
class ImportError extends Error {}

function choiceOf(given: z.infer<typeof flags>): Choice {
  const map: Mapping = {};
  for (const pair of given.map) {
    const at = pair.indexOf('=');
    const field = fieldSchema.safeParse(pair.slice(0, Math.max(at, 0)));
    if (at < 0 || !field.success)
      throw new UsageError(`--map ${pair}: write field=column, with one of ${fieldSchema.options.join(', ')}`);
    map[field.data] = pair.slice(at + 1);
  }
  const stated = {
    encoding: given.encoding,
    delimiter: given.delimiter === '\\t' ? '\t' : given.delimiter,
    sheet: given.sheet,
    time_zone: given.timeZone,
    date_order: given.dateOrder,
    dates_up_to: given.datesUpTo,
    time_numbers: given.timeNumbers,
    decimal_mark: given.decimalMark,
    views_are: given.viewsAre,
    covers: given.covers,
    mode: given.mode,
    source: given.source,
    currency: given.currency,
    platform: given.platform,
  };
  const parsed = importOptionsSchema.safeParse(
    Object.fromEntries(Object.entries(stated).filter(([, v]) => v !== undefined)),
  );
  if (!parsed.success)
    throw new UsageError(
      parsed.error.issues.map((i) => `--${String(i.path[0] ?? '').replaceAll('_', '-')}: ${i.message}`).join('\n'),
    );
  return { ...(given.kind ? { kind: given.kind } : {}), map, options: parsed.data, force: given.force };
}

const announcement = z.object({ url: z.url(), pid: z.number() });

/** The address of the server that serves this data folder, or null when none runs. */
async function runningServer(dataFolder: string): Promise<string | null> {
  const file = join(dataFolder, 'server.json');
  if (!existsSync(file)) return null;
  try {
    const { url } = announcement.parse(JSON.parse(readFileSync(file, 'utf8')));
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? url : null;
  } catch {
    // Left behind by a server that was killed: nothing answers there.
    return null;
  }
}

async function openTarget(dataFolder: string): Promise<Target> {
  const url = await runningServer(dataFolder);
  if (url) return serverTarget(url);
  const config = readConfig({ ...process.env, DRAMASCOPE_DATA: dataFolder });
  const { imports, close } = await openDataset(config);
  return {
    importFile: (path, choice, onProgress) => imports.importFile(path, { ...choice, onProgress }),
    dryRun: (path, choice) => imports.dryRunFile(path, choice),
    close,
  };
}

function serverTarget(url: string): Target {
  const call = async <T>(schema: z.ZodType<T>, path: string, init?: RequestInit): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, init);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new ImportError(problemSchema.parse(body).detail);
    return schema.parse(body);
  };
  const request = async (path: string, choice: Choice, dryRun: boolean) => {
    const query = new URLSearchParams({ filename: basename(path) });
    for (const option of ['encoding', 'delimiter', 'sheet'] as const)
      if (choice.options[option]) query.set(option, choice.options[option]);
    const body = Readable.toWeb(createReadStream(path));
    const upload = await call(uploadSchema, `/uploads?${query}`, {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit);
    const mapping = { ...upload.mapping, ...choice.map };
    return JSON.stringify({
      upload_id: upload.upload_id,
      kind: choice.kind,
      mapping,
      options: choice.options,
      dry_run: dryRun,
    });
  };
  const post = (body: string): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json' },
  });
  return {
    async importFile(path, choice, onProgress) {
      const started = await call(
        importSchema,
        `/imports?force=${choice.force}`,
        post(await request(path, choice, false)),
      );
      for (;;) {
        const record = await call(importSchema, `/imports/${started.import_id}`);
        onProgress(record);
        if (record.status === 'committed') return record;
        if (record.status !== 'queued' && record.status !== 'running')
          throw new ImportError(record.error?.detail ?? `The import was ${record.status}.`);
        await new Promise((wake) => setTimeout(wake, 200));
      }
    },
    dryRun: async (path, choice) => call(dryRunSchema, '/imports', post(await request(path, choice, true))),
    close: async () => {},
  };
}

/** One line on a terminal that is written over; nothing where stderr is no terminal. */
function drawProgress(name: string): Progress & { end(): void } {
  const draw = (record: ImportRecord) => {
    if (!process.stderr.isTTY) return;
    const filled = Math.round(record.progress * 30);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)}`;
    process.stderr.write(
      `\r\u001b[K${name} ${bar} ${Math.round(record.progress * 100)} % ${record.phase ?? record.status}`,
    );
  };
  return Object.assign(draw, { end: () => void (process.stderr.isTTY && process.stderr.write('\r\u001b[K')) });
}

const count = (n: number) => n.toLocaleString('en');

function reportImport(name: string, record: ImportRecord): void {
  const days = record.from ? `, ${record.from} to ${record.to}` : '';
  console.log(`${name}: ${count(record.rows_committed)} rows committed as ${record.kind} of “${record.source}”${days}`);
  if (record.rows_rejected > 0)
    console.log(
      `  ${count(record.rows_rejected)} of ${count(record.rows_read)} rows rejected; GET /api/v1/imports/${record.import_id}/rejects lists them`,
    );
  for (const warning of record.warnings) console.log(`  ${warning.code} (${count(warning.count)}): ${warning.detail}`);
}

function reportDryRun(name: string, dry: DryRun): void {
  console.log(
    `${name}: ${count(dry.new)} new, ${count(dry.changed)} changed, ${count(dry.identical)} identical, ${count(dry.rejected)} rejected; nothing was changed`,
  );
  for (const sample of dry.changed_samples) console.log(`  ${sample.key}: ${sample.before} → ${sample.after}`);
  for (const reject of dry.reject_samples)
    console.log(`  line ${reject.line}, ${reject.column || 'whole line'}: ${reject.reason}`);
  for (const warning of dry.warnings) console.log(`  ${warning.code} (${count(warning.count)}): ${warning.detail}`);
}

async function importOne(target: Target, path: string, choice: Choice, dryRun: boolean): Promise<number> {
  const name = basename(path);
  const progress = drawProgress(name);
  try {
    if (!existsSync(path)) throw new ImportError(`${path} does not exist.`);
    if (dryRun) {
      reportDryRun(name, await target.dryRun(path, choice));
      return EXIT.committed;
    }
    const record = await target.importFile(path, choice, progress);
    progress.end();
    reportImport(name, record);
    return record.rows_rejected > 0 ? EXIT.rejects : EXIT.committed;
  } catch (error) {
    progress.end();
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.failed;
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const program = command();
  program.parse(argv);
  const given = flags.parse(program.opts());
  const choice = choiceOf(given);
  const calledFrom = process.env.DRAMASCOPE_CALLED_FROM ?? process.cwd();
  const target = await openTarget(given.data ? resolve(calledFrom, given.data) : readConfig(process.env).dataFolder);
  const ends: number[] = [];
  try {
    for (const file of program.args)
      ends.push(await importOne(target, resolve(calledFrom, file), choice, given.dryRun));
  } finally {
    await target.close();
  }
  if (ends.includes(EXIT.failed)) return EXIT.failed;
  return ends.includes(EXIT.rejects) ? EXIT.rejects : EXIT.committed;
}

process.exitCode = await main(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.committed : EXIT.usage;
  console.error(error instanceof Error ? error.message : String(error));
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
});
