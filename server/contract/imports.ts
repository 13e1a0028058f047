import { z } from 'zod';
import { LOG_COLUMNS, WHOLE_COLUMNS, type WholeColumn } from './columns.ts';
import { labelSchema } from './query.ts';

/** Fields of a view log (docs/definitions.md#rows-of-the-log). */
export const LOG_FIELDS = [
  'time',
  'hour',
  'series_id',
  'title',
  'platform',
  'region',
  'episode',
  'views',
  'valid_views',
  'viewers',
  'watch_seconds',
  'watch_hours',
  'completions',
  'likes',
  'comments',
  'shares',
  'favourites',
  'revenue',
  'spend',
  'currency',
  'heat',
] as const;
export type LogField = (typeof LOG_FIELDS)[number];

/** Fields of a series catalog (docs/definitions.md#catalogue); a log may carry them too. */
export const CATALOG_FIELDS = [
  'series_id',
  'title',
  'title_en',
  'producers',
  'producers_en',
  'presenters',
  'rights_holder',
  'producer_region',
  'genres',
  'channel',
  'format',
  'production',
  'franchise',
  'franchise_en',
  'cast',
  'cast_en',
  'language',
  'origin',
  'release_at',
  'episodes',
  'paywall_episode',
] as const;
export type CatalogField = (typeof CATALOG_FIELDS)[number];

/** Fields of a file of exchange rates: on this day one unit of `currency` is worth `rate` units of `base_currency`. */
export const RATES_FIELDS = ['time', 'currency', 'rate', 'base_currency'] as const;

export const FIELDS = [...new Set([...LOG_FIELDS, ...CATALOG_FIELDS])] as const;
export const fieldSchema = z.enum([
  ...LOG_FIELDS,
  ...CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'),
  ...RATES_FIELDS.filter((f) => f !== 'time' && f !== 'currency'),
]);
export type Field = z.infer<typeof fieldSchema>;

/** Fields that count whole things. */
export const COUNT_FIELDS: readonly WholeColumn[] = WHOLE_COLUMNS;
/** Fields that say how much: of these a log states at least one, or its rows are events. Hours become seconds. */
export const MEASURE_FIELDS: readonly Field[] = [...LOG_COLUMNS, 'watch_hours'];

export const fileKindSchema = z.enum(['log', 'catalog', 'rates']);
export type FileKind = z.infer<typeof fileKindSchema>;
export const viewsAreSchema = z.enum(['increment', 'cumulative', 'event']);
export type ViewsAre = z.infer<typeof viewsAreSchema>;
/** A census states every series of its field; a chart (top N) says nothing of those that are not on it. */
export const coverageKindSchema = z.enum(['census', 'chart']);
export type CoverageKind = z.infer<typeof coverageKindSchema>;
export const modeSchema = z.enum(['upsert', 'append', 'replace_range']);
export type Mode = z.infer<typeof modeSchema>;

/** Which way round exchange rates are stated. */
export const ratesAreSchema = z.enum(['base_per_unit', 'units_per_base']);
export type RatesAre = z.infer<typeof ratesAreSchema>;

/** Canonical field → column name in the file. */
export const mappingSchema = z.partialRecord(fieldSchema, z.string());
export type Mapping = z.infer<typeof mappingSchema>;

/** Stands between columns: any one character but those that mean something else in a delimited file. */
export const delimiterSchema = z
  .string()
  .length(1, 'delimiter')
  .regex(/^[^"\r\n\0]/u, 'delimiter');

/** As many rows as the longest sheet has. */
export const headerRowSchema = z.number().int().min(0).max(1_048_576);

/**
 * What a table has across, where it is not a row per record: a column per day, week or month, per platform, or per series,
 * or several tables side by side.
 */
export const acrossSchema = z.enum(['none', 'time', 'platform', 'series', 'tables']);
export type Across = z.infer<typeof acrossSchema>;

export const importOptionsSchema = z.strictObject({
  encoding: z.string().optional(),
  delimiter: delimiterSchema.optional(),
  /** Name of a workbook's sheet. */
  sheet: z.string().min(1).max(255).optional(),
  /** Line of a delimited file, or row of a sheet, that holds the column names, from 1; 0 where none does. */
  header_row: headerRowSchema.optional(),
  /** How the table is laid out: what is across is read as rows; `none` reads it as it stands. */
  across: acrossSchema.optional(),
  time_zone: z.string().optional(),
  /** How dates are written whose year is not first with four digits, such as `03/04/2025` or `17.14.11`. */
  date_order: z.enum(['ymd', 'dmy', 'mdy', 'ydm']).optional(),
  /** How every date is written, in the letters of CLDR, such as `dd.MM.yyyy HH:mm`: for what is not read without. */
  date_format: z.string().min(1).max(60).optional(),
  /** Dates without a year (`10月1日`) are the latest ones not after this day. */
  dates_up_to: z.iso.date().optional(),
  /** The day of every row, for a log without a column of times; where one is mapped, that column holds. */
  day: z.iso.date().optional(),
  /** Rows after this day are rejects: no forecasts are imported. Default: tomorrow in the dataset's business zone. */
  latest_day: z.iso.date().optional(),
  /** What plain numbers in the time column are: days of a spreadsheet, or units of time since 1970. */
  time_numbers: z.enum(['excel', 'seconds', 'milliseconds', 'microseconds', 'nanoseconds']).optional(),
  /** `1,234.5` has a decimal point, `1.234,5` a decimal comma. */
  decimal_mark: z.enum(['point', 'comma']).optional(),
  views_are: viewsAreSchema.optional(),
  covers: z.enum(['instant', 'hour', 'day', 'week_ending', 'week_starting', 'month']).optional(),
  mode: modeSchema.optional(),
  source: z.string().min(1).max(120).optional(),
  /** Of the source: the latest import that states it holds, without one it is a census. */
  coverage: coverageKindSchema.optional(),
  /** Of money columns that name none; in a file of rates the base, which each rate is stated in. Default CNY. */
  currency: z.string().length(3).optional(),
  /** In a file of rates: `units_per_base` is 172.53 JPY for one EUR, `base_per_unit` (the default) EUR for one JPY. */
  rates_are: ratesAreSchema.optional(),
  /** Platform of every row, for a file without such a column. */
  platform: z.string().min(1).max(120).optional(),
  /** Title of every row's series, for a log of one account; where an id or a title is mapped, that column holds. */
  series: z.string().trim().min(1).max(300).optional(),
  /**
   * The import whose rejected lines, mended, the file holds: its rows count as if they had stood in that import's file.
   * Logs of the same source only; empty: of none, as where the file's name says otherwise.
   */
  mends: z.union([z.uuid(), z.literal('')]).optional(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const uploadColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  samples: z.array(z.string()),
  /** The canonical field this column is proposed for, and why. */
  proposed: fieldSchema.nullable(),
  reason: labelSchema.nullable(),
});

export const encodingPreviewSchema = z.object({
  encoding: z.string(),
  /** 0 to 1; null where the user named it. */
  confidence: z.number().nullable(),
  /** The first line and the next ones that tell encodings apart, decoded. */
  preview: z.array(z.string()),
});

export const uploadSchema = z.object({
  upload_id: z.string(),
  filename: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  format: z.enum(['csv', 'ndjson', 'xlsx', 'parquet']),
  kind: fileKindSchema,
  /** Around the table; null where there is none. */
  compression: z.enum(['gzip', 'zstd']).nullable(),
  encoding: z.string().nullable(),
  /** Every encoding that the bytes may be in, the chosen one first; empty for files that are no text. */
  encodings: z.array(encodingPreviewSchema),
  delimiter: z.string().nullable(),
  /** Sheets of a workbook, in its order, and the one that is read; empty and null for other files. */
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: z.number().int().nullable() })),
  sheet: z.string().nullable(),
  /** Line or row of the column names; null where the file has none, or is no table of lines. */
  header_row: z.number().int().nullable(),
  /** The file's first lines or rows that are not blank, cut into cells, titles above the header too: to see which one names the columns. */
  first_rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
  columns: z.array(uploadColumnSchema),
  preview: z.array(z.record(z.string(), z.string().nullable())),
  mapping: mappingSchema,
  options: importOptionsSchema,
  /** Why each option is proposed, and what to watch for. */
  reasons: z.array(z.object({ option: z.string(), reason: labelSchema })),
  profile: z.string().nullable(),
  /** What somebody should confirm before the import; empty where a profile says it, or nothing is in doubt. */
  doubts: z.array(labelSchema),
  /** Those of `doubts` that decide a total: an import that leaves one open is 422 `unconfirmed` with these paths. */
  questions: z.array(z.object({ path: z.string(), message: labelSchema })),
  /** The committed import of the same bytes, if there is one. */
  duplicate_of: z.string().nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const importRequestSchema = z.strictObject({
  upload_id: z.string(),
  kind: fileKindSchema.optional(),
  mapping: mappingSchema.optional(),
  /** Columns of single fields over the proposed mapping: only these are confirmed by it. Left out where `mapping` is given. */
  map: mappingSchema.optional(),
  options: importOptionsSchema.optional(),
  dry_run: z.boolean().default(false),
  /** Saves the confirmed mapping under this name once the import is committed; the name is then its source, too. */
  save_profile: z.string().trim().min(1).max(120).optional(),
});
export type ImportRequest = z.input<typeof importRequestSchema>;

/** `needs_answer`: a file of the watched folder that waits for somebody; its `import_id` is an upload's, too. */
export const importStatusSchema = z.enum([
  'needs_answer',
  'queued',
  'running',
  'committed',
  'failed',
  'cancelled',
  'undone',
]);

/** Something that an import met and went on: a stable code, the sentence in both languages, and how many. */
export const warningSchema = z.object({ code: z.string(), detail: labelSchema, count: z.number().int() });
export type ImportWarning = z.infer<typeof warningSchema>;

export const importSchema = z.object({
  import_id: z.string(),
  filename: z.string(),
  source: z.string(),
  kind: fileKindSchema,
  status: importStatusSchema,
  phase: z.string().nullable(),
  rows_read: z.number().int(),
  rows_committed: z.number().int(),
  rows_rejected: z.number().int(),
  rows_unchanged: z.number().int(),
  bytes: z.number().int(),
  /** Of `bytes`, read so far. */
  bytes_read: z.number().int(),
  /** 0 to 1. */
  progress: z.number(),
  /** Null until known, and when it has ended. */
  seconds_left: z.number().int().nullable(),
  /** Place among the imports that wait: 1 is next; null for one that does not wait. */
  queue_position: z.number().int().nullable(),
  error: z.object({ code: z.string(), detail: labelSchema }).nullable(),
  warnings: z.array(warningSchema),
  from: z.string().nullable(),
  to: z.string().nullable(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  sha256: z.string(),
  mapping: mappingSchema,
  options: importOptionsSchema.default({}),
  /** True for the files that the generator made. */
  synthetic: z.boolean(),
});
export type ImportRecord = z.infer<typeof importSchema>;
export const importsSchema = z.object({ rows: z.array(importSchema) });

/**
 * What a dry run found; nothing was written. `new`, `changed` and `identical` count keys that the file states, each once:
 * of a log its rows (one of a week or a month is one row, however many days it is spread over), of a catalogue its
 * series, of rates day and currency. Lines of one key are one.
 */
const changeSchema = z.object({ key: z.string(), before: z.string(), after: z.string() });
export type Change = z.infer<typeof changeSchema>;

export const dryRunSchema = z.object({
  rows_read: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  identical: z.number().int(),
  rejected: z.number().int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** By ids, and in `label` by the names that a reader of either language knows. */
  changed_samples: z.array(changeSchema.extend({ label: z.object({ en: changeSchema, zh: changeSchema }) })),
  reject_samples: z.array(
    z.object({ line: z.number().int(), column: z.string(), value: z.string(), reason: labelSchema }),
  ),
  warnings: z.array(warningSchema),
});
/** The first rejected rows of an import. */
export const rejectedRowsSchema = z.object({ rows: dryRunSchema.shape.reject_samples });

export type DryRun = z.infer<typeof dryRunSchema>;

export type Warning = ImportWarning;
