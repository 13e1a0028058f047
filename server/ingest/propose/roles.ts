/** What columns are if their names say nothing: by the values of the first rows. */
import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { isRegion } from '../../vocabulary/regions.ts';
import { fold, isBlank } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { genresOf } from '../cells/genres.ts';
import { looksLikeNumber, looksLikeTime, typeOfCells } from '../cells/guess.ts';
import { members } from '../cells/lists.ts';
import type { SampledColumn } from '../read/source.ts';
import { BY_VALUES } from './messages.ts';

export interface Role {
  readonly field: Field;
  readonly column: SampledColumn;
  readonly reason: Label;
}

/** Share of a column's cells that must agree. */
const MOST = 0.8;
const NO_MEASURE =
  /(排名|名次|序号|编号|順位|排行|rank|^no$|^#$|index|序|号|號|天数|days|年龄|age|评分|score|rating|runtime|duration|时长|時長|単価|price|占比|率|share|percent|ratio|同比|环比|growth|变化|change|粉丝|粉絲|关注|關注|订阅|訂閱|展示|展现|曝光|点击|點擊|時間|时间|时刻|日期|秒|收入|金额|金額|impression|reach|click|fans|follow|subscri|フォロワー|登録者|インプレッション|팔로워|구독|노출|seguidor|abonn|time|stamp|epoch|(^|[^a-z])(id|uid|no|nr|ts)($|[^a-z])|[a-z]I[dD]($|[^a-z]))/iu;

/** Headers of ids, row numbers and times, which never count anything. */
const NAMES_A_ROW =
  /(编号|編號|序号|序號|排名|名次|手机|电话|時間戳|时间戳|年龄|rank|device|session|phone|zip|postal|(^|[^a-z])(age|id|uid|uuid|ip|no|nr|ts|timestamp|epoch|lat|lng|latitude|longitude|version)($|[^a-z])|(?<=[a-z])I[dD]($|[^a-z])|号$|號$|^#$)/iu;

/**
 * Gives fields to columns without one: dates, known platforms, regions and genres, and in a file with a time the series
 * (the texts that differ most) and the views (the only numbers that may be views).
 * @param named fields by name, and their columns
 */
export function rolesByValues(
  columns: readonly SampledColumn[],
  named: ReadonlyMap<Field, { readonly column: SampledColumn }>,
  vocabulary: Vocabulary,
  measured: boolean,
): Role[] {
  const roles: Role[] = [];
  if (named.has('rate')) return roles;
  const taken = new Set([...named.values()].map(({ column }) => column.name));
  const open = () => columns.filter((c) => !taken.has(c.name) && cellsOf(c).length > 0);
  const give = (field: Field, column: SampledColumn | undefined, reason: Label) => {
    if (!column || named.has(field)) return;
    taken.add(column.name);
    roles.push({ field, column, reason });
  };
  const timed = named.has('time') || named.has('release_at');
  if (!timed) give('time', open().find(isTimes), BY_VALUES.time);
  const known = (test: (cell: string) => boolean) =>
    open().find((c) => typeOfCells(c.cells) === 'text' && share(c, test) >= MOST);
  give(
    'platform',
    known((c) => vocabulary.platforms.has(fold(c))),
    BY_VALUES.platform,
  );
  give('region', known(isRegion), BY_VALUES.region);
  give(
    'genres',
    known((c) => members(c).some((m) => genresOf(m, vocabulary) !== null)),
    BY_VALUES.genres,
  );
  if (!named.has('time') && !roles.some((r) => r.field === 'time')) return roles;
  if (!named.has('series_id') && !named.has('title')) {
    const texts = open().filter((c) => typeOfCells(c.cells) === 'text');
    const [widest] = texts.sort((a, b) => distinct(b) - distinct(a));
    give('title', widest, BY_VALUES.title);
  }
  if (!measured) {
    const series = [...named, ...roles.map((role) => [role.field, role] as const)].flatMap(([field, { column }]) =>
      field === 'series_id' || field === 'title' ? [column] : [],
    );
    // Several candidates leave it open: the largest may count something else.
    const [only, ...others] = open().filter((c) => !NO_MEASURE.test(c.name) && mayCount(c, series));
    if (others.length === 0) give('views', only, BY_VALUES.views);
  }
  return roles;
}

const cellsOf = (column: SampledColumn) => column.cells.filter((c): c is string => !isBlank(c));
const distinct = (column: SampledColumn) => new Set(cellsOf(column)).size;

function share(column: SampledColumn, test: (cell: string) => boolean): number {
  const cells = cellsOf(column);
  return cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
}

const isTimes = (column: SampledColumn) =>
  /^(date|timestamp)/iu.test(column.type) || (cellsOf(column).length > 0 && share(column, looksLikeTime) === 1);

/** Seconds, milliseconds or finer since 1970, from 2001 to 2033. */
const UNIX_TIME = /^1\d{9}(\d{3}){0,3}(\.\d+)?$/u;
/** From so many digits on a number is an id. */
const LONG_ID = /^\d{15,}$/u;

export const isDated = (column: SampledColumn) =>
  isTimes(column) || share(column, (c) => looksLikeTime(c) || UNIX_TIME.test(c.trim())) >= MOST;

const isCounted = (column: SampledColumn) =>
  share(column, (c) => UNIX_TIME.test(c.trim())) < MOST && share(column, (c) => LONG_ID.test(c.trim())) === 0;

export const holdsCounts = (column: SampledColumn, least: number): boolean =>
  share(column, (c) => looksLikeNumber(c) || NEAR_NUMBER.test(c.normalize('NFKC').trim())) >= least &&
  isCounted(column) &&
  !isTimes(column);

/** Whether a header says that its numbers are no counts. */
export const isNoMeasure = (name: string): boolean => NO_MEASURE.test(name) || NAMES_A_ROW.test(name);

/** Whether numbers may be views: no times, no ids, and not constant in each series. */
function mayCount(column: SampledColumn, series: readonly SampledColumn[]): boolean {
  return share(column, looksLikeNumber) === 1 && isCounted(column) && !series.some((one) => isConstant(column, one));
}

/** Whether a column says one thing of each series, although some have several rows. */
function isConstant(column: SampledColumn, series: SampledColumn): boolean {
  const cells = column.firstCells ?? column.cells;
  const names = series.firstCells ?? series.cells;
  const byName = new Map<string, string>();
  let repeated = 0;
  for (const [i, name] of names.entries()) {
    const cell = cells[i];
    if (isBlank(name) || isBlank(cell) || name == null || cell == null) continue;
    const before = byName.get(name);
    if (before !== undefined && before !== cell) return false;
    if (before !== undefined) repeated += 1;
    byName.set(name, cell);
  }
  return repeated > 1;
}

/** Nearly a number: `约1200`, `1,23,456`, `1.2万`, `5 views`. */
const NEAR_NUMBER = /^\p{L}{0,2}[^\p{L}\p{N}]{0,3}\d[\d.,'’\s ]*[^\d]{0,8}$/u;

/** Whether a column without a field holds numbers, or nearly, that may count something. */
export const holdsNumbers = (column: SampledColumn): boolean =>
  !NAMES_A_ROW.test(column.name) && holdsCounts(column, 0.5);
