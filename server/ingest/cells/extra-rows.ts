/** Rows that are no facts: totals, repeated headers, blank rows, rows of units. They are left out, with a warning. */
import { fold, isBlank } from '../../vocabulary/text.ts';
import { literal, oneOf } from './sql.ts';
import { plain } from './values.ts';

export type ExtraRow = 'blank' | 'total' | 'header';

/** Values of `bad` in `staged` from here on mark rows that are left out; smaller ones are faults. */
export const FIRST_EXTRA = 253;
export const EXTRA_ROWS: Readonly<Record<ExtraRow, number>> = { blank: 253, total: 254, header: 255 };

const TOTALS = [
  '合计',
  '总计',
  '小计',
  '总和',
  '共计',
  '汇总',
  '累计',
  '全部合计',
  '本页合计',
  '本页小计',
  '合計',
  '總計',
  '小計',
  '総計',
  'total',
  'totals',
  'grandtotal',
  'subtotal',
  'sum',
  '平均',
  '平均值',
  '均值',
  'average',
  'avg',
] as const;
const totals = new Set<string>(TOTALS);

/** As a title they mean all series together; as a platform or region they are a part that counts. */
const ALL_SERIES = [
  ...TOTALS,
  '全部',
  '全部剧',
  '全部剧集',
  '全部短剧',
  '全部剧目',
  '所有剧集',
  '所有短剧',
  '整体',
  '总体',
  '大盘',
  '全体',
  '全作品',
  'すべて',
  '전체',
  'all',
  'allseries',
  'alltitles',
  'alldramas',
  'overall',
] as const;

/** Whether a cell marks its row as a sum: `合计`, `总计：`, `Grand Total`. */
export const isTotal = (cell: string | null) => cell !== null && totals.has(fold(cell));

const isOneOfSql = (raw: string, words: readonly string[]) =>
  `coalesce(${oneOf(`regexp_replace(${plain(raw)}, '[:：]+$', '')`, words)}, false)`;

export const isAllSeriesSql = (raw: string) => isOneOfSql(raw, ALL_SERIES);

/**
 * The value of `bad` for a row without a usable time or series; `otherwise` if it is a fact with a fault.
 * @param cells that may show a total or the header, with their headers
 * @param nothing true if the row has no other content
 */
export function extraRowSql(
  cells: readonly { sql: string; header: string }[],
  nothing: string,
  otherwise: string,
): string {
  const total = cells.map(({ sql }) => isOneOfSql(sql, TOTALS)).join(' OR ');
  const header = cells.map(({ sql, header: h }) => `trim(${sql}) = ${literal(h)}`).join(' OR ');
  const blank = cells.map(({ sql }) => `trim(coalesce(${sql}, '')) = ''`).join(' AND ');
  return `CASE WHEN ${total} THEN ${EXTRA_ROWS.total} WHEN ${header} THEN ${EXTRA_ROWS.header}
    WHEN ${blank} AND ${nothing} THEN ${EXTRA_ROWS.blank} ELSE ${otherwise} END`;
}

export function isExtraRow(cells: readonly string[], header: readonly string[]): boolean {
  if (cells.every((c) => c.trim() === '') || cells.some(isTotal)) return true;
  return (
    header.length > 0 && cells.filter((c, i) => c.trim() !== '' && c.trim() === header[i]).length > cells.length / 2
  );
}

const unitWord =
  /^[（([【]?\s*(万|亿|千|百万|千万|万次|亿次|千次|次|个|集|部|人|万人|人次|万人次|元|万元|亿元|人民币|rmb|cny|usd|\$|美元|万美元|小时|分钟|秒|天|日|%|％|k|m|w|b|million|thousand|hours?|minutes?|seconds?|views|回|人数|円|本)\s*[）)\]】]?$/iu;

/** The units of a row under the header that states only units, one a column; null if it is no such row. */
export function unitsOf(cells: readonly string[]): (string | null)[] | null {
  const units = cells.map((c) => (isBlank(c) ? null : c.normalize('NFKC').trim()));
  const filled = units.filter((u) => u !== null);
  if (filled.length === 0 || !filled.every((u) => unitWord.test(u) || /^(单位|單位|unit|units)[:：]?$/iu.test(u)))
    return null;
  return units.map((u) => (u !== null && unitWord.test(u) ? u.replace(/^[（([【]\s*|\s*[）)\]】]$/gu, '') : null));
}

/** Whether a cell of a title line states the unit of the table; no header begins so. */
export const saysUnit = (cell: string) => /^\s*[（([【]?\s*(单位|單位|units?)\s*[:：]/iu.test(cell);

/** The units in a title: `万` of `短剧日报（单位：万）`, `万次、万元`; else null. */
export function unitIn(title: string): string | null {
  const said = /(?:单位|單位|(?<![a-z])units?)\s*[:：]\s*([^\s）)\]】]+)/iu.exec(title.normalize('NFKC'))?.[1];
  if (said === undefined) return null;
  return said.split(/[、,，;；/]/u).every((unit) => unitWord.test(unit)) ? said : null;
}
