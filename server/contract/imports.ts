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

/** On this day one unit of `currency` is worth `rate` units of `base_currency`. */
export const RATES_FIELDS = ['time', 'currency', 'rate', 'base_currency'] as const;

export const FIELDS = [...new Set([...LOG_FIELDS, ...CATALOG_FIELDS])] as const;
export const fieldSchema = z.enum([
  ...LOG_FIELDS,
  ...CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'),
  ...RATES_FIELDS.filter((f) => f !== 'time' && f !== 'currency'),
]);
export type Field = z.infer<typeof fieldSchema>;

export const COUNT_FIELDS: readonly WholeColumn[] = WHOLE_COLUMNS;
/** A log states at least one, or its rows are events. Hours become seconds. */
export const MEASURE_FIELDS: readonly Field[] = [...LOG_COLUMNS, 'watch_hours'];

export const fileKindSchema = z.enum(['log', 'catalog', 'rates']);
export type FileKind = z.infer<typeof fileKindSchema>;
export const viewsAreSchema = z.enum(['increment', 'cumulative', 'event']);
export type ViewsAre = z.infer<typeof viewsAreSchema>;
/** A census states every series; a chart (top N) says nothing of series that are not on it. */
export const coverageKindSchema = z.enum(['census', 'chart']);
export type CoverageKind = z.infer<typeof coverageKindSchema>;
export const modeSchema = z.enum(['upsert', 'append', 'replace_range']);
export type Mode = z.infer<typeof modeSchema>;

export const ratesAreSchema = z.enum(['base_per_unit', 'units_per_base']);
export type RatesAre = z.infer<typeof ratesAreSchema>;

/** Canonical field → column name in the file. */
export const mappingSchema = z.partialRecord(fieldSchema, z.string());
export type Mapping = z.infer<typeof mappingSchema>;

/** Any one character that has no other meaning in a delimited file. */
export const delimiterSchema = z
  .string()
  .length(1, 'delimiter')
  .regex(/^[^"\r\n\0]/u, 'delimiter');

/** As many rows as the longest sheet has. */
export const headerRowSchema = z.number().int().min(0).max(1_048_576);

/** What runs across: a column per day, week, month, platform or series, or tables side by side. */
export const acrossSchema = z.enum(['none', 'time', 'platform', 'series', 'tables']);
export type Across = z.infer<typeof acrossSchema>;

export const importOptionsSchema = z.strictObject({
  encoding: z.string().optional(),
  delimiter: delimiterSchema.optional(),
  sheet: z.string().min(1).max(255).optional(),
  /** Line or row of the column names, from 1; 0 if there is none. */
  header_row: headerRowSchema.optional(),
  /** `none` reads the table as it stands. */
  across: acrossSchema.optional(),
  time_zone: z.string().optional(),
  /** For dates without a four-digit year in front, such as `03/04/2025`. */
  date_order: z.enum(['ymd', 'dmy', 'mdy', 'ydm']).optional(),
  /** In CLDR letters, such as `dd.MM.yyyy HH:mm`: for dates not read without it. */
  date_format: z.string().min(1).max(60).optional(),
  /** Dates without a year (`10月1日`) are the latest ones not after this day. */
  dates_up_to: z.iso.date().optional(),
  /** For a log without a mapped column of times. */
  day: z.iso.date().optional(),
  /** Later rows are rejects: no forecasts. Default: tomorrow in the business zone. */
  latest_day: z.iso.date().optional(),
  /** Spreadsheet days, or units since 1970. */
  time_numbers: z.enum(['excel', 'seconds', 'milliseconds', 'microseconds', 'nanoseconds']).optional(),
  /** `1,234.5` has a decimal point, `1.234,5` a decimal comma. */
  decimal_mark: z.enum(['point', 'comma']).optional(),
  views_are: viewsAreSchema.optional(),
  covers: z.enum(['instant', 'hour', 'day', 'week_ending', 'week_starting', 'month']).optional(),
  mode: modeSchema.optional(),
  source: z.string().min(1).max(120).optional(),
  /** Of the source: the latest import that states it holds. Default census. */
  coverage: coverageKindSchema.optional(),
  /** For money columns that name none; in a file of rates, the base. Default CNY. */
  currency: z.string().length(3).optional(),
  /** In a file of rates: `units_per_base` is 172.53 JPY for one EUR, `base_per_unit` (the default) EUR for one JPY. */
  rates_are: ratesAreSchema.optional(),
  /** For a file without such a column. */
  platform: z.string().min(1).max(120).optional(),
  /** Title for every row, for a log of one account without a mapped id or title. */
  series: z.string().trim().min(1).max(300).optional(),
  /** The import whose mended rejects the file holds: rows count as in its file. Same source only; empty: none. */
  mends: z.union([z.uuid(), z.literal('')]).optional(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const uploadColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  samples: z.array(z.string()),
  proposed: fieldSchema.nullable(),
  reason: labelSchema.nullable(),
});

export const encodingPreviewSchema = z.object({
  encoding: z.string(),
  /** 0 to 1; null if the user named it. */
  confidence: z.number().nullable(),
  preview: z.array(z.string()),
});

export const uploadSchema = z.object({
  upload_id: z.string(),
  filename: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  format: z.enum(['csv', 'ndjson', 'xlsx', 'parquet']),
  kind: fileKindSchema,
  /** Null if the table is not compressed. */
  compression: z.enum(['gzip', 'zstd']).nullable(),
  encoding: z.string().nullable(),
  /** The chosen one first; empty if the file is no text. */
  encodings: z.array(encodingPreviewSchema),
  delimiter: z.string().nullable(),
  /** `sheet` is the one read; empty and null for other files. */
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: z.number().int().nullable() })),
  sheet: z.string().nullable(),
  /** Null if there is none, or the file is no table of lines. */
  header_row: z.number().int().nullable(),
  /** The first lines that are not blank, titles included: to see which one names the columns. */
  first_rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
  columns: z.array(uploadColumnSchema),
  preview: z.array(z.record(z.string(), z.string().nullable())),
  mapping: mappingSchema,
  options: importOptionsSchema,
  reasons: z.array(z.object({ option: z.string(), reason: labelSchema })),
  profile: z.string().nullable(),
  /** To be confirmed before the import; empty if a profile settles it. */
  doubts: z.array(labelSchema),
  /** Doubts that decide a total: an import that leaves one open is 422 `unconfirmed`. */
  questions: z.array(z.object({ path: z.string(), message: labelSchema })),
  /** The committed import of the same bytes. */
  duplicate_of: z.string().nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const importRequestSchema = z.strictObject({
  upload_id: z.string(),
  kind: fileKindSchema.optional(),
  mapping: mappingSchema.optional(),
  /** Changes to the proposed mapping; only these columns are confirmed by it. Not with `mapping`. */
  map: mappingSchema.optional(),
  options: importOptionsSchema.optional(),
  dry_run: z.boolean().default(false),
  /** Saves the mapping under this name after the commit; the name becomes the source. */
  save_profile: z.string().trim().min(1).max(120).optional(),
});
export type ImportRequest = z.input<typeof importRequestSchema>;

/** `needs_answer`: a watched file with an open question; its `import_id` is an upload's too. */
export const importStatusSchema = z.enum([
  'needs_answer',
  'queued',
  'running',
  'committed',
  'failed',
  'cancelled',
  'undone',
]);

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
  bytes_read: z.number().int(),
  progress: z.number(),
  /** Null until known, and at the end. */
  seconds_left: z.number().int().nullable(),
  /** 1 is next; null if it does not wait. */
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
  synthetic: z.boolean(),
});
export type ImportRecord = z.infer<typeof importSchema>;
export const importsSchema = z.object({ rows: z.array(importSchema) });

/** Each key of the file counts once: log rows (a week is one), a catalogue's series, a rate's day and currency. */
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
  /** By ids; `label` has the names. */
  changed_samples: z.array(changeSchema.extend({ label: z.object({ en: changeSchema, zh: changeSchema }) })),
  reject_samples: z.array(
    z.object({ line: z.number().int(), column: z.string(), value: z.string(), reason: labelSchema }),
  ),
  warnings: z.array(warningSchema),
});
export const rejectedRowsSchema = z.object({ rows: dryRunSchema.shape.reject_samples });

export type DryRun = z.infer<typeof dryRunSchema>;

export type Warning = ImportWarning;
