/** From the columns of a file, by their names and first cells, to a proposal: kind, mapping and options. */
import {
  CATALOG_FIELDS,
  COUNT_FIELDS,
  type Field,
  type FileKind,
  fieldSchema,
  type ImportOptions,
  LOG_FIELDS,
  type Mapping,
  MEASURE_FIELDS,
  type RatesAre,
} from '../../contract/imports.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { differWithin, nameEpisodes } from '../cells/episodes.ts';
import { decimalMarkOf, isClock } from '../cells/guess.ts';
import { type HeaderMatch, headerSays, isPublished, matchHeader, unitOf } from '../cells/headers.ts';
import type { DecimalMark } from '../cells/numbers.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { SampledColumn } from '../read/source.ts';
import { doubtDecimalMark } from './decimal-doubt.ts';
import { isPlatformKey, keyOfFolder } from './folders.ts';
import { NO_VIEWS, NOT_JUDGED, type ViewsVerdict } from './increment-or-counter.ts';
import { columnsOfOneName, datesAsColumns, measuresOfCatalog, numbersLeftOut, viewsLeftOut } from './lost-measures.ts';
import {
  AS_CHOSEN,
  decimalComma,
  episodesDiffer,
  namesEpisodes,
  publishedThen,
  SOURCE_OF_NAME,
  unitAbove,
} from './messages.ts';
import { isPartName, plainName } from './part-names.ts';
import type { ColumnRole, Matches, Proposal } from './proposal.ts';
import { proposeRates } from './propose-rates.ts';
import { type Say, timeOptions, wholeDayOfName } from './propose-time.ts';
import { isDated, rolesByValues } from './roles.ts';
import { clockTimes, dayOfFileName, NO_DAY } from './time-messages.ts';
import { EVENTS_ADD_UP, LATEST_COUNTS, ROWS_ARE_EVENTS, viewsOfYesterday } from './views-messages.ts';

export interface ChosenColumns {
  readonly kind?: FileKind | undefined;
  readonly mapping?: Mapping | undefined;
  readonly byValues?: ReadonlySet<string>;
  readonly day?: string | undefined;
  readonly currency?: string | undefined;
  readonly ratesAre?: RatesAre | undefined;
}

const measures = new Set<Field>(MEASURE_FIELDS);
const logOnly = new Set<Field>(LOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));
const ratesOnly = new Set<Field>(['rate', 'base_currency']);
const catalogFields = new Set<Field>(CATALOG_FIELDS);

/**
 * @param viewsAre by the file's values; null if nothing judged it
 * @param today ISO, for dates without a year if nothing else helps; null if it may not be used
 * @param chosen the mapping to judge; left out: the proposed one
 */
export function propose(
  filename: string,
  columns: readonly SampledColumn[],
  vocabulary: Vocabulary,
  viewsAre: ViewsVerdict | null,
  today: string | null = null,
  chosen: ChosenColumns = {},
): Proposal {
  const matches = chosen.mapping
    ? chosenMatches(columns, chosen.mapping, chosen.byValues ?? new Set(), vocabulary)
    : matchColumns(columns, vocabulary);
  const has = (field: Field) => matches.has(field);
  const measured = [...matches.keys()].some((f) => measures.has(f));
  const catalogued = [...matches.keys()].filter(
    (f) => catalogFields.has(f) && f !== 'series_id' && f !== 'title',
  ).length;
  const named = has('series_id') || has('title');
  if ((chosen.kind === 'rates' || (!chosen.kind && !named)) && has('time') && has('currency') && has('rate'))
    return proposeRates(sourceName(filename), matches, { ...chosen, filename, today });
  const timeless = has('time') || chosen.kind === 'catalog' ? null : dayOfFile(filename, matches, catalogued, chosen);
  const kind =
    chosen.kind ?? (timeless?.log || (has('time') && (measured || catalogued < 2)) ? ('log' as const) : 'catalog');
  const allowed = (f: Field) => !ratesOnly.has(f) && (kind === 'log' || !logOnly.has(f));
  const kept = [...matches].filter(([field]) => allowed(field));
  const stated = matches.get('views')?.match.viewsAre;
  const reasons: OptionReason[] = [];
  const options: ImportOptions = { source: sourceName(filename) };
  reasons.push({ option: 'source', reason: SOURCE_OF_NAME });
  if (kind === 'catalog' && chosen.kind === undefined)
    reasons.push(...measuresOfCatalog(matches), ...datesAsColumns(columns, matches));
  if (chosen.mapping === undefined) reasons.push(...columnsOfOneName(columns, matches));
  if (kind === 'log') {
    const lost = measured ? [] : numbersLeftOut(columns, matches, vocabulary);
    reasons.push(...lost);
    if (measured && chosen.mapping === undefined) reasons.push(...viewsLeftOut(columns, matches));
    Object.assign(options, logOptions(matches, viewsAre, { filename, today, open: lost.length > 0 }, reasons));
    reasons.push(...unitsSaidAbove(kept));
    if (timeless?.day) options.day = timeless.day;
    if (timeless?.reason) reasons.push(timeless.reason);
  }
  return {
    kind,
    mapping: Object.fromEntries(kept.map(([field, { column }]) => [field, column.name])),
    options,
    reasons,
    columns: new Map(kept.map(([field, { column, match }]) => [column.name, roleOf(field, match)])),
    ...(stated ? { headerSays: stated } : {}),
    ...(viewsAre?.byValues && options.views_are !== 'event' ? { valuesSay: viewsAre.byValues } : {}),
  };
}

/** Below every name in the vocabulary. */
const LAST = 1e6;
const CHOSEN = LAST - 1;

const roleOf = (field: Field, { reason, rank }: HeaderMatch): ColumnRole => ({
  field,
  reason,
  ...(rank === LAST ? { byValues: true } : {}),
});

function chosenMatches(
  columns: readonly SampledColumn[],
  mapping: Mapping,
  byValues: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Matches {
  const matches: Matches = new Map();
  const byName = new Map(columns.map((column) => [column.name.normalize('NFC'), column]));
  for (const field of fieldSchema.options) {
    const column = byName.get(mapping[field]?.normalize('NFC') ?? '');
    if (!column) continue;
    const known = matchHeader(column.name, vocabulary.headers);
    const match =
      known?.field === field ? known : { field, rank: CHOSEN, viewsAre: headerSays(column.name), reason: AS_CHOSEN };
    matches.set(field, { column, match: byValues.has(field) ? { ...match, rank: LAST } : match });
  }
  besideCounter(columns, matches, vocabulary);
  return matches;
}

/** Beside a column named as a counter, the column of views is none. */
function besideCounter(columns: readonly SampledColumn[], matches: Matches, vocabulary: Vocabulary): void {
  const views = matches.get('views');
  if (views?.match.viewsAre !== null || total.test(views.column.name)) return;
  const counter = columns.some(
    ({ name }) =>
      name !== views.column.name &&
      matchHeader(name, vocabulary.headers)?.field === 'views' &&
      (headerSays(name) === 'cumulative' || total.test(name)),
  );
  if (counter) matches.set('views', { ...views, match: { ...views.match, viewsAre: 'increment' } });
}

/** A total without a day: beside plain views it is their counter. */
const total = /总|總|総|total/iu;

function matchColumns(columns: readonly SampledColumn[], vocabulary: Vocabulary): Matches {
  const matches: Matches = new Map();
  for (const column of columns) {
    const named = matchHeader(column.name, vocabulary.headers);
    const match = isClock(column) && named?.field !== 'hour' ? asClock(column, named) : named;
    if (!match) continue;
    const before = matches.get(match.field);
    if (!before || match.rank < before.match.rank) matches.set(match.field, { column, match });
  }
  takeTold(columns, matches);
  takePublished(columns, matches);
  besideCounter(columns, matches, vocabulary);
  const measured = [...matches.keys()].some((f) => measures.has(f));
  for (const { field, column, reason } of rolesByValues(columns, matches, vocabulary, measured))
    matches.set(field, { column, match: { field, rank: LAST, viewsAre: headerSays(column.name), reason } });
  takeEpisodes(matches);
  return matches;
}

/** The layout of a table goes before names. */
function takeTold(columns: readonly SampledColumn[], matches: Matches): void {
  for (const column of columns) {
    const { told } = column;
    if (!told || (told.unsure && matches.has(told.field))) continue;
    for (const [field, match] of matches) if (match.column === column) matches.delete(field);
    const { field, reason, unsure } = told;
    matches.set(field, {
      column,
      match: { field, rank: unsure ? LAST : CHOSEN, viewsAre: headerSays(column.name), reason },
    });
  }
}

/** A clock under a name of times (`time`, `时间`, `时刻`) joins the dates of another column; durations look alike. */
function asClock({ name }: SampledColumn, named: HeaderMatch | null): HeaderMatch | null {
  if (named?.field !== 'time' && !/^(?:时刻|時刻|时间点|钟点|time[\s_]?of[\s_]?day|clock)$/iu.test(name.trim()))
    return named;
  return {
    field: 'hour',
    rank: named?.rank ?? 0,
    viewsAre: null,
    reason: clockTimes(name),
  };
}

/** The day of publishing is not the day of the numbers. */
function takePublished(columns: readonly SampledColumn[], matches: Matches): void {
  if (matches.has('release_at')) return;
  const taken = new Set([...matches.values()].map(({ column }) => column.name));
  const found = columns.filter((c) => !taken.has(c.name) && isPublished(c.name) && isDated(c));
  const [column] = found;
  if (!column) return;
  const match = { field: 'release_at' as const, rank: CHOSEN, viewsAre: null, reason: publishedThen(column.name) };
  matches.set('release_at', { column, match });
}

/** `集数` is the number of episodes or of one episode: the values tell. */
function takeEpisodes(matches: Matches): void {
  const counted = matches.get('episodes');
  if (!counted || matches.has('episode') || !matches.has('time')) return;
  const { column, match } = counted;
  const firstCells = (field: Field) => {
    const found = matches.get(field)?.column;
    return found ? [found.firstCells ?? found.cells] : [];
  };
  const keys = (['series_id', 'title', 'time', 'hour', 'platform', 'region'] as const).flatMap(firstCells);
  const named = nameEpisodes(column.cells);
  if (!named && !differWithin(column.cells, keys)) return;
  const reason = named ? namesEpisodes(column.name) : episodesDiffer(column.name);
  matches.delete('episodes');
  matches.set('episode', { column, match: { ...match, field: 'episode', reason } });
}

function logOptions(
  matches: Matches,
  viewsAre: ViewsVerdict | null,
  context: { filename: string; today: string | null; open: boolean },
  reasons: OptionReason[],
): ImportOptions {
  const options: ImportOptions = {};
  const say: Say = (option, reason, doubt) => {
    reasons.push({ option, reason, ...(doubt ? { doubt } : {}) });
  };
  const time = matches.get('time')?.column;
  const measured = [...matches.keys()].some((f) => measures.has(f));
  if (!measured && context.open) return time ? timeOptions(time, { ...context, hours: matches.has('hour') }, say) : {};
  if (!measured) {
    options.views_are = 'event';
    say('views_are', ROWS_ARE_EVENTS);
  } else {
    const { value, said } = viewsAre ?? (matches.has('views') ? NOT_JUDGED : NO_VIEWS);
    if (value !== null) options.views_are = value;
    for (const { reason, doubt } of said) say('views_are', reason, doubt);
  }
  const views = matches.get('views')?.column.name ?? '';
  if (time && /昨日|昨天|前日|yesterday/iu.test(views)) say('mapping', viewsOfYesterday(views), 'ask');
  options.mode = options.views_are === 'event' ? 'append' : 'upsert';
  say('mode', options.mode === 'append' ? EVENTS_ADD_UP : LATEST_COUNTS);
  if (time) {
    // A counter is of the moment of its date, whatever a row covers.
    const sayOfTime: Say = (option, reason, doubt) =>
      say(option, reason, option === 'covers' && options.views_are === 'cumulative' ? undefined : doubt);
    Object.assign(options, timeOptions(time, { ...context, hours: matches.has('hour') }, sayOfTime));
  }
  const mark = decimalMark(matches);
  if (mark) {
    options.decimal_mark = mark.mark;
    say('decimal_mark', decimalComma(mark.sample));
  }
  const doubt = doubtDecimalMark(numbersOf(matches).flatMap(([, { column }]) => column.cells));
  if (doubt) reasons.push(doubt);
  return options;
}

const counts = new Set<Field>(COUNT_FIELDS);

/**
 * The day in the name of a list without times; null for what looks like a catalogue. A list that describes its series
 * may still be a day's ranking, if its name gives the day.
 */
function dayOfFile(
  filename: string,
  matches: Matches,
  catalogued: number,
  { kind, day: said }: ChosenColumns,
): { log: boolean; day: string | null; reason: OptionReason | null } | null {
  const measured = [...matches.keys()].some((f) => measures.has(f));
  if (!measured || !(matches.has('series_id') || matches.has('title'))) return null;
  if (said !== undefined) return { log: true, day: null, reason: null };
  const day = matches.has('release_at') ? null : wholeDayOfName(filename);
  const log = kind === 'log' || (!matches.has('release_at') && catalogued < (day === null ? 1 : 3));
  if (!log) return null;
  const reason = day === null ? NO_DAY : dayOfFileName(day);
  return { log, day, reason: { option: 'day', reason, doubt: day === null ? 'answer' : 'mention' } };
}

/** A unit above the header multiplies numbers unseen: worth a look. */
function unitsSaidAbove(kept: readonly (readonly [Field, { readonly column: SampledColumn }])[]): OptionReason[] {
  const multiplied = kept.filter(
    ([field, { column }]) => unitOf(column.name, field, column.unit).scale !== unitOf(column.name, field).scale,
  );
  const said = multiplied[0]?.[1].column.unit;
  if (said == null) return [];
  const names = multiplied.map(([, { column }]) => column.name);
  return [{ option: 'unit', reason: unitAbove(said, names), doubt: 'mention' }];
}

const numbersOf = (matches: Matches) => [...matches].filter(([field]) => measures.has(field));

/** Over all columns of numbers: a file writes them in one way. */
function decimalMark(matches: Matches): { mark: DecimalMark; sample: string } | null {
  const numbers = numbersOf(matches);
  const plain = numbers.every(
    ([field, { column }]) => counts.has(field) && unitOf(column.name, field, column.unit).scale === 1,
  );
  return decimalMarkOf(
    numbers.flatMap(([, { column }]) => column.cells),
    plain,
  );
}

/**
 * The file name without extensions, dates and digits, else `import`: `views_2025Q4.parquet` → `views`. Folders tell
 * files of one name apart (`douyin/2025/views.csv` → `douyin/views`) and name the parts of a table.
 */
export function sourceName(filename: string): string {
  const parts = filename.split(/[\\/]/u);
  const file = parts.pop() ?? '';
  const folders = parts.map(sourceOfFolder).filter((part) => part !== '');
  if (folders.length > 0 && isPartName(file)) return folders.join('/').slice(-120);
  const base = isPartName(file) ? '' : plainName(file);
  return [...folders, withoutDates(base).slice(0, 120) || 'import'].join('/').slice(-120);
}

/** The platform of `platform=douyin`; other `key=value` folders are parts of one source. */
function sourceOfFolder(folder: string): string {
  const stated = keyOfFolder(folder);
  if (stated === null) return withoutDates(folder);
  return isPlatformKey(stated.key) ? stated.value : '';
}

const withoutDates = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\d+[年月日]|\d*[QHW]\d+(?![a-z])|\d+/giu, '')
    .replace(/([\s_.()[\]-])[\s_.()[\]-]+/gu, '$1')
    .replace(/^[\s_.()[\]-]+|[\s_.()[\]-]+$/gu, '');
