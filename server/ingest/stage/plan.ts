/** What an import will do: the confirmed proposal with all defaults, checked before anything is read. */
import {
  type Field,
  type FileKind,
  fieldSchema,
  type ImportOptions,
  type Mapping,
  MEASURE_FIELDS,
  RATES_FIELDS,
  type RatesAre,
} from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { timeZoneFault } from '../../time-zone.ts';
import { currencyOf } from '../../vocabulary/currencies.ts';
import { dateFormat } from '../cells/date-format.ts';
import type { DateReading, TimeNumbers } from '../cells/dates.ts';
import { unitOf } from '../cells/headers.ts';
import type { DecimalMark } from '../cells/numbers.ts';
import { literal } from '../cells/sql.ts';
import type { DataFile, FileColumn } from '../read/source.ts';
import {
  baseUnknown,
  dayToCome,
  mapOneOf,
  NO_DATE_FORMAT,
  NO_SERIES_MAPPED,
  NOT_A_TIME_ZONE,
  NOT_ISO_CURRENCY,
  noColumn,
  noSeries,
  noSuchColumns,
  notADateFormat,
  notMapped,
  ONE_DAY,
  ONE_SERIES,
  STILL_TO_COME,
} from './messages.ts';

export interface ColumnUse {
  readonly field: Field;
  readonly column: FileColumn;
  /** From the header's brackets, or a line above the header: 10 000 for `(万)`. */
  readonly scale: number;
  /** The part of it that a cell's own unit replaces. */
  readonly magnitude: number;
}

export type Covers = NonNullable<ImportOptions['covers']>;

export interface ImportPlan {
  readonly kind: FileKind;
  readonly source: string;
  readonly uses: ReadonlyMap<Field, ColumnUse>;
  readonly mapping: Mapping;
  /** Of times without an offset. */
  readonly timeZone: string;
  readonly businessZone: string;
  readonly viewsAre: 'increment' | 'cumulative' | 'event';
  readonly mode: 'upsert' | 'append' | 'replace_range';
  /** Null: by the column's type. */
  readonly covers: Covers | null;
  readonly dates: DateReading;
  readonly day: string | null;
  /** Later rows are rejects (ISO); null: no limit. */
  readonly latestDay: string | null;
  /** Null: numbers in the time column are no times. */
  readonly timeNumbers: TimeNumbers | null;
  readonly decimal: DecimalMark;
  readonly currency: string | null;
  readonly ratesAre: RatesAre;
  readonly platform: string | null;
  readonly options: ImportOptions;
}

/**
 * @param chosen what the user confirmed; the rest is from `proposed`
 * @param tomorrow in the business zone (ISO), the last day of rows; null: no limit
 * @throws ProblemError `mapping_incomplete` for each missing field or column, `invalid_request` for a wrong day or zone
 */
export function planImport(
  file: DataFile,
  proposed: { kind: FileKind; mapping: Mapping; options: ImportOptions },
  chosen: { kind?: FileKind | undefined; mapping?: Mapping | undefined; options?: ImportOptions | undefined },
  businessZone: string,
  tomorrow: string | null = null,
): ImportPlan {
  const kind = chosen.kind ?? proposed.kind;
  const stated = chosen.mapping ?? proposed.mapping;
  const mapping = kind === 'rates' ? ratesMapping(stated) : stated;
  const options = chosenOptions(proposed.options, chosen.options ?? {});
  const uses = usesOf(file, mapping);
  // A chosen day goes before one from a folder.
  if (chosen.options?.day !== undefined && file.stated.some((column) => column === uses.get('time')?.column))
    uses.delete('time');
  if (kind === 'log' && options.series !== undefined && !uses.has('series_id') && !uses.has('title'))
    uses.set('title', ofAllRows('title', options.series));
  const day = uses.has('time') ? null : (options.day ?? null);
  checkComplete(kind, uses, file, day);
  const latestDay = options.latest_day ?? tomorrow;
  if (day !== null && latestDay !== null && day > latestDay) throw refusalOfDay(day, latestDay);
  const timeZone = options.time_zone ?? businessZone;
  checkZone(timeZone);
  checkFormat(options.date_format);
  const measured = [...uses.keys()].some((f) => MEASURES.has(f));
  const guessed = proposed.options.views_are;
  // A file without known views counts events, until its views are named.
  const named = guessed === 'event' && uses.has('views') ? undefined : guessed;
  const viewsAre = chosen.options?.views_are ?? named ?? (measured ? 'increment' : 'event');
  const mode = chosen.options?.mode ?? (viewsAre === guessed ? proposed.options.mode : undefined);
  const money = [...uses.values()].filter((u) => u.field === 'revenue' || u.field === 'spend');
  const inHeader = money.map((u) => unitOf(u.column.name, u.field, u.column.unit).currency).find((c) => c !== null);
  if (kind === 'rates')
    return ratesPlan({ uses, mapping, timeZone, businessZone, options, day: null, latestDay: null });
  return {
    kind,
    source: options.source ?? 'import',
    uses,
    mapping,
    timeZone,
    businessZone,
    viewsAre,
    mode: mode ?? (viewsAre === 'event' ? 'append' : 'upsert'),
    covers: options.covers ?? null,
    ...readingOf(options),
    day,
    latestDay,
    currency: money.length > 0 ? (options.currency?.toUpperCase() ?? inHeader ?? 'CNY') : null,
    ratesAre: 'base_per_unit',
    platform: options.platform ?? null,
    options,
  };
}

const ofAllRows = (field: Field, value: string): ColumnUse => ({
  field,
  column: { name: field, index: -1, type: 'VARCHAR', sql: literal(value), cells: [value], unit: null },
  ...{ scale: 1, magnitude: 1 },
});

/** With another source or other views a file no longer mends the import that its name points to. */
function chosenOptions(proposed: ImportOptions, chosen: ImportOptions): ImportOptions {
  const { mends, ...options } = { ...proposed, ...chosen };
  const apart = options.source !== proposed.source || options.views_are !== proposed.views_are;
  return mends === undefined || (apart && mends === proposed.mends) ? options : { ...options, mends };
}

const readingOf = (options: ImportOptions): Pick<ImportPlan, 'dates' | 'timeNumbers' | 'decimal'> => ({
  dates: {
    order: options.date_order ?? null,
    upTo: options.dates_up_to ?? null,
    covers: options.covers ?? null,
    format: options.date_format ?? null,
  },
  timeNumbers: options.time_numbers ?? null,
  decimal: options.decimal_mark ?? 'point',
});

const ratesMapping = (mapping: Mapping): Mapping =>
  Object.fromEntries(RATES_FIELDS.flatMap((field) => (mapping[field] === undefined ? [] : [[field, mapping[field]]])));

/** Rates are of days, and the latest statement counts: only the base is a choice. */
function ratesPlan(
  given: Pick<ImportPlan, 'uses' | 'mapping' | 'timeZone' | 'businessZone' | 'options' | 'day' | 'latestDay'>,
): ImportPlan {
  const { options } = given;
  const base = options.currency === undefined ? 'CNY' : currencyOf(options.currency);
  if (base === null)
    throw new ProblemError('invalid_request', baseUnknown(options.currency), [
      { path: 'options.currency', message: NOT_ISO_CURRENCY },
    ]);
  return {
    ...given,
    kind: 'rates',
    source: options.source ?? 'rates',
    viewsAre: 'increment',
    mode: 'upsert',
    covers: 'day',
    ...readingOf(options),
    currency: base,
    ratesAre: options.rates_are ?? 'base_per_unit',
    platform: null,
  };
}

export const MEASURES: ReadonlySet<Field> = new Set<Field>(MEASURE_FIELDS);

interface Missing {
  readonly path: string;
  readonly message: Label;
}

/** @throws ProblemError `mapping_incomplete` naming each column that the file lacks */
export function usesOf(file: DataFile, mapping: Mapping): Map<Field, ColumnUse> {
  const byName = new Map([...file.columns, ...file.stated].map((c) => [c.name.normalize('NFC'), c]));
  const uses = new Map<Field, ColumnUse>();
  const missing: Missing[] = [];
  const names = file.columns.map((c) => c.name);
  for (const field of fieldSchema.options) {
    const name = mapping[field];
    if (name === undefined) continue;
    const column = byName.get(name.normalize('NFC'));
    if (column) {
      const { scale, magnitude } = unitOf(column.name, field, column.unit);
      uses.set(field, { field, column, scale, magnitude });
    } else
      missing.push({
        path: `mapping.${field}`,
        message: noColumn(name),
      });
  }
  if (missing.length > 0)
    throw new ProblemError(
      'mapping_incomplete',
      noSuchColumns(
        missing.map(({ message }) => message),
        names,
      ),
      missing,
    );
  return uses;
}

function checkComplete(kind: FileKind, uses: ReadonlyMap<Field, ColumnUse>, file: DataFile, day: string | null): void {
  const missing: Missing[] = [];
  const names = file.columns.map((c) => c.name);
  if (kind !== 'rates' && !uses.has('series_id') && !uses.has('title'))
    missing.push({
      path: SERIES_PATH,
      message: NO_SERIES_MAPPED,
    });
  const needed = { log: ['time'], catalog: [], rates: ['time', 'currency', 'rate'] } as const;
  for (const field of needed[kind])
    if (!uses.has(field) && !(field === 'time' && kind === 'log' && day !== null))
      missing.push({
        path: `mapping.${field}`,
        message: notMapped(field),
      });
  if (missing.length === 0) return;
  const others = missing.filter(({ path }) => path !== SERIES_PATH).map(({ message }) => message);
  const said: Label[] =
    missing.length > others.length ? [noSeries(names), ...(kind === 'log' ? [ONE_SERIES] : [])] : [];
  if (others.length > 0) said.push(mapOneOf(others, names));
  if (kind === 'log' && !uses.has('time')) said.push(ONE_DAY);
  const detail = { en: said.map(({ en }) => en).join(' '), zh: said.map(({ zh }) => zh).join('') };
  throw new ProblemError('mapping_incomplete', detail, missing);
}

function refusalOfDay(day: string, latest: string): ProblemError {
  return new ProblemError('invalid_request', dayToCome(day, latest), [{ path: 'options.day', message: STILL_TO_COME }]);
}

const SERIES_PATH = 'mapping.series_id';

function checkZone(zone: string): void {
  const fault = timeZoneFault(zone);
  if (fault === null) return;
  throw new ProblemError('invalid_request', fault, [{ path: 'options.time_zone', message: NOT_A_TIME_ZONE }]);
}

function checkFormat(format: string | undefined): void {
  if (format === undefined || dateFormat(format) !== null) return;
  throw new ProblemError('invalid_request', notADateFormat(format), [
    { path: 'options.date_format', message: NO_DATE_FORMAT },
  ]);
}
