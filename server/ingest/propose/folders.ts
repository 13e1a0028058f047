/**
 * What the folders of a file state, as Hive, Spark and DuckDB write them: `dt=2025-10-03/`,
 * `year=2025/month=10/day=3/`, `region=US/`. The same for uploads, the command line and the watched folder: a folder
 * fills a field that the file lacks.
 */
import type { Field, ImportOptions, ImportWarning, Mapping } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { regionOf } from '../../vocabulary/regions.ts';
import { fold } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { joined } from '../../wording.ts';
import { latestFullDate, looksLikeTime } from '../cells/guess.ts';
import { matchHeader } from '../cells/headers.ts';
import { literal } from '../cells/sql.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { OpenedFile } from '../read/opened.ts';
import type { SampledColumn } from '../read/source.ts';
import { folderDiffers, withoutWatchOut } from './messages.ts';
import type { Proposal } from './proposal.ts';

export interface FolderKey {
  readonly key: string;
  readonly value: string;
}

/** Hive's name for no value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__';

/** `dt=2025-10-03` → key and value, both decoded; null for another kind of folder. */
export function keyOfFolder(folder: string): FolderKey | null {
  const at = folder.indexOf('=');
  if (at <= 0 || at === folder.length - 1) return null;
  return { key: decoded(folder.slice(0, at)), value: decoded(folder.slice(at + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text.trim();
  }
}

const PLATFORM_KEYS = new Set([
  'platform',
  'platformname',
  'app',
  'channelplatform',
  '平台',
  '平台名称',
  '平臺',
  '渠道',
]);
export const isPlatformKey = (key: string): boolean => PLATFORM_KEYS.has(fold(key));

export function keysOfName(filename: string): FolderKey[] {
  return filename
    .split(/[\\/]/u)
    .slice(0, -1)
    .flatMap((folder) => keyOfFolder(folder) ?? [])
    .filter(({ value }) => value !== '' && value !== NO_VALUE);
}

export interface StatedField {
  /** The folder's key with its `=`, so that no column of a file has the same name. */
  readonly name: string;
  readonly field: Field;
  readonly value: string;
  readonly folder: string;
}

/** Fields that tell rows apart: a number in a folder's name would count once for each row. */
const STATABLE = new Set<Field>(['time', 'hour', 'series_id', 'title', 'platform', 'region', 'episode', 'currency']);

/** The fields that the folders state; the nearest folder counts. */
export function statedFields(filename: string, { headers }: Pick<Vocabulary, 'headers'>): StatedField[] {
  const found = new Map<Field, StatedField>();
  const keys = keysOfName(filename);
  for (const { key, value } of keys) {
    const field = matchHeader(key, headers)?.field;
    if (field === undefined || !STATABLE.has(field) || (field === 'time' && !looksLikeTime(value))) continue;
    found.set(field, { name: `${key}=`, field, value, folder: `${key}=${value}` });
  }
  const date = joinedDate(keys);
  if (date && !found.has('time')) found.set('time', date);
  return [...found.values()];
}

/** `year=2025/month=10/day=3` is 2025-10-03; without a day it is the month. */
function joinedDate(keys: readonly FolderKey[]): StatedField | null {
  const number = (...names: string[]) => {
    const found = keys.findLast(({ key, value }) => names.includes(fold(key)) && /^\d+$/u.test(value));
    return found ? Number(found.value) : null;
  };
  const year = number('year', 'yyyy', 'y', '年');
  const month = number('month', 'mm', 'm', '月');
  const day = number('day', 'dd', 'd', '日');
  if (year === null || year < 1900 || year > 9999 || month === null || month < 1 || month > 12) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  if (day === null)
    return { name: 'month=', field: 'time', value: `${year}-${two(month)}`, folder: `year=${year}/month=${month}` };
  const value = `${year}-${two(month)}-${two(day)}`;
  if (new Date(`${value}T00:00:00Z`).getUTCDate() !== day) return null;
  return { name: 'day=', field: 'time', value, folder: `year=${year}/month=${month}/day=${day}` };
}

export interface FilledFile extends OpenedFile {
  readonly clashes: readonly OptionReason[];
}

/** @param own the proposal for the file alone, which shows what it lacks @param said goes before a folder */
export function fillFromFolders(
  opened: OpenedFile,
  filename: string,
  own: Proposal,
  said: ImportOptions,
  vocabulary: Vocabulary,
): FilledFile {
  const { columns } = opened.inspected;
  const fill: StatedField[] = [];
  const clashes: OptionReason[] = [];
  for (const stated of statedFields(filename, vocabulary)) {
    const mapped = own.mapping[stated.field];
    const has = columns.find(
      ({ name }) => name === mapped || matchHeader(name, vocabulary.headers)?.field === stated.field,
    );
    if (has && differs(has, stated, vocabulary)) clashes.push({ ...clash(has, stated), doubt: 'mention' });
    if (!has && !isSaid(stated, said, vocabulary) && !(stated.field === 'hour' && tellsHours(columns, own)))
      fill.push(stated);
  }
  return { ...withStated(opened, fill), clashes };
}

export const filledAgain = (
  opened: OpenedFile,
  filename: string,
  mapping: Mapping,
  vocabulary: Pick<Vocabulary, 'headers'>,
): OpenedFile =>
  withStated(
    opened,
    statedFields(filename, vocabulary).filter(({ field, name }) => mapping[field] === name),
  );

/** A file of times of day has its hours. */
function tellsHours(columns: readonly SampledColumn[], { mapping }: Proposal): boolean {
  const time = columns.find(({ name }) => name === mapping.time);
  return time?.cells.some((cell) => cell !== null && /[\dT ]\d{1,2}:\d/u.test(cell)) ?? false;
}

/** A known platform is an option of the whole file (`name-platform.ts`). */
function isSaid({ field, value }: StatedField, said: ImportOptions, { platforms }: Vocabulary): boolean {
  if (field === 'time') return said.day !== undefined;
  return field === 'platform' && (said.platform !== undefined || platforms.has(fold(value)));
}

function withStated({ inspected, file }: OpenedFile, stated: readonly StatedField[]): OpenedFile {
  if (stated.length === 0) return { inspected, file };
  const values = stated.map(({ value }) => value);
  const rows = inspected.rows.map((row) => [...Array.from(inspected.columns, (_, i) => row[i] ?? null), ...values]);
  const cells = (value: string) => Array.from({ length: Math.max(rows.length, 1) }, () => value);
  return {
    inspected: {
      ...inspected,
      rows,
      columns: [
        ...inspected.columns,
        ...stated.map(({ name, value, folder }) => ({ name, type: 'text', cells: cells(value), folder })),
      ],
    },
    file: {
      ...file,
      stated: stated.map(({ name, value }) => ({
        ...{ name, index: -1, type: 'VARCHAR', sql: literal(value), cells: [value], unit: null },
      })),
    },
  };
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/u.test(text);

/** Over the sampled rows; what cannot be compared does not differ. */
function differs(column: SampledColumn, { field, value }: StatedField, { platforms }: Vocabulary): boolean {
  const cells = [...new Set(column.cells.filter((cell): cell is string => cell !== null && cell.trim() !== ''))];
  if (field === 'time') {
    const day = isDay(value) ? value : latestFullDate([value]);
    return day === null
      ? /^\d{4}-\d{2}$/u.test(value) && cells.some((cell) => !(latestFullDate([cell]) ?? value).startsWith(value))
      : cells.some((cell) => (latestFullDate([cell]) ?? day) !== day);
  }
  const meant = (text: string) => {
    if (field === 'platform') return platforms.get(fold(text))?.id ?? fold(text);
    if (field === 'region') return regionOf(text);
    return /^\d+$/u.test(text.trim()) ? String(Number(text)) : fold(text);
  };
  return cells.some((cell) => meant(cell) !== meant(value));
}

function clash({ name, cells }: SampledColumn, { folder }: StatedField): { option: 'folder'; reason: Label } {
  const sample = cells.find((cell) => cell !== null) ?? '';
  return { option: 'folder', reason: folderDiffers(folder, name, sample) };
}

export function warnOfClashes({ reasons }: Pick<Proposal, 'reasons'>): ImportWarning[] {
  const clashes = reasons.filter(({ option }) => option === 'folder').map(({ reason }) => reason);
  if (clashes.length === 0) return [];
  return [{ code: 'folder_differs', count: clashes.length, detail: joined(...clashes.map(withoutWatchOut)) }];
}

/** Whether two names state the same: the fields that an import took from folders, and the platform. */
export function statesAlike(
  taken: { readonly filename: string; readonly mapping: Mapping },
  filename: string,
  vocabulary: Pick<Vocabulary, 'headers'>,
): boolean {
  const before = statedFields(taken.filename, vocabulary);
  const now = new Map(statedFields(filename, vocabulary).map(({ field, value }) => [field, value]));
  const used = before.filter(({ field, name }) => taken.mapping[field] === name || isUnmapped(taken.mapping, field));
  return used.every(({ field, value }) => (now.get(field) ?? value) === value);
}

const isUnmapped = (mapping: Mapping, field: Field) => field === 'platform' && mapping.platform === undefined;
