/** What columns are whose names say nothing: judged from the values of their first rows; pure. */

import type { Field } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import { genresOf } from './genres.ts';
import { looksLikeNumber, looksLikeTime, typeOfCells } from './guess.ts';
import { members } from './lists.ts';
import type { SampledColumn } from './propose.ts';
import { isRegion } from './regions.ts';
import { fold, isBlank } from './text.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Role {
  readonly field: Field;
  readonly column: SampledColumn;
  readonly reason: Label;
}

/** Most of a column's cells must agree before its values name it. */
const MOST = 0.8;
/** Columns that count or order something else than a measure. */
const NO_MEASURE =
  /(排名|名次|序号|编号|順位|排行|rank|^no$|^#$|index|序|天数|days|年龄|age|评分|score|rating|runtime|duration|时长|単価|price|占比|率|share|percent|ratio|同比|环比|growth|变化|change)/iu;

const REASONS = {
  time: {
    en: 'its values are dates, and no other column is named as the time',
    zh: '内容均为日期，且没有其他列名表示时间',
  },
  platform: { en: 'its values are known platforms', zh: '内容为已知平台' },
  region: { en: 'its values are known regions', zh: '内容为已知地区' },
  genres: { en: 'its values are known genres', zh: '内容为已知题材' },
  title: {
    en: 'of the columns of texts its values differ most, and no column is named as the series',
    zh: '文本列中取值最多的一列，且没有列名表示剧集',
  },
  views: {
    en: 'its values are the largest numbers, and no column is named as a measure',
    zh: '数值最大的一列，且没有列名表示指标',
  },
} as const;

/**
 * Gives fields to columns that no name gave one: a time of dates, a platform or a region of known ones, genres of
 * known tags, and in a file with a time the series (the texts that differ most) and the views (the only or by far the
 * largest numbers).
 * @param named fields that names gave already, and their columns
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
  if (!timed) give('time', open().find(isDated), REASONS.time);
  const known = (test: (cell: string) => boolean) =>
    open().find((c) => typeOfCells(c.cells) === 'text' && share(c, test) >= MOST);
  give(
    'platform',
    known((c) => vocabulary.platforms.has(fold(c))),
    REASONS.platform,
  );
  give('region', known(isRegion), REASONS.region);
  give(
    'genres',
    known((c) => members(c).some((m) => genresOf(m, vocabulary) !== null)),
    REASONS.genres,
  );
  if (!named.has('time') && !roles.some((r) => r.field === 'time')) return roles;
  if (!named.has('series_id') && !named.has('title')) {
    const texts = open().filter((c) => typeOfCells(c.cells) === 'text');
    const [widest] = texts.sort((a, b) => distinct(b) - distinct(a));
    give('title', widest, REASONS.title);
  }
  if (!measured) {
    const numbers = open().filter((c) => !NO_MEASURE.test(c.name) && share(c, looksLikeNumber) === 1);
    give('views', largest(numbers), REASONS.views);
  }
  return roles;
}

const cellsOf = (column: SampledColumn) => column.cells.filter((c): c is string => !isBlank(c));
const distinct = (column: SampledColumn) => new Set(cellsOf(column)).size;

function share(column: SampledColumn, test: (cell: string) => boolean): number {
  const cells = cellsOf(column);
  return cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
}

const isDated = (column: SampledColumn) =>
  /^(date|timestamp)/iu.test(column.type) || (cellsOf(column).length > 0 && share(column, looksLikeTime) === 1);

/** The only column of numbers, or the one whose median is ten times that of any other; else nobody can tell. */
function largest(columns: readonly SampledColumn[]): SampledColumn | undefined {
  const ranked = columns.map((column) => ({ column, median: medianOf(column) })).sort((a, b) => b.median - a.median);
  const [first, second] = ranked;
  return first && (!second || first.median >= 10 * second.median) ? first.column : undefined;
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/[亿億]/u, 1e8],
  [/[万萬w]/iu, 1e4],
  [/k/iu, 1e3],
  [/m/iu, 1e6],
  [/b/iu, 1e9],
];

/** Of the magnitudes only: a comparison of columns needs no more. */
function medianOf(column: SampledColumn): number {
  const numbers = cellsOf(column)
    .map((c) => c.normalize('NFKC'))
    .map((c) => Number.parseFloat(c.replace(/[^\d.]/gu, '')) * (UNITS.find(([unit]) => unit.test(c))?.[1] ?? 1))
    .sort((a, b) => a - b);
  return numbers[numbers.length >> 1] ?? 0;
}
