import { COUNT_FIELDS, type Field, type ViewsAre } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { fold } from '../../vocabulary/text.ts';
import type { HeaderSpelling } from '../../vocabulary/vocabulary.ts';
import { headerKnown } from './messages.ts';

export interface HeaderMatch {
  readonly field: Field;
  readonly rank: number;
  readonly viewsAre: Exclude<ViewsAre, 'event'> | null;
  readonly reason: Label;
}

export interface Unit {
  readonly scale: number;
  /** The power of ten in `scale` (`万`): a cell with a unit of its own replaces it. */
  readonly magnitude: number;
  readonly currency: string | null;
}

/** No bracket inside: else a header of many brackets takes minutes. */
const bracketed = /[（([【]([^（([【）)\]】]*)[）)\]】]\s*$/u;

const currencies: readonly (readonly [RegExp, string])[] = [
  [/^(rmb|cny|人民币|元|万元|亿元|¥|￥)$/iu, 'CNY'],
  [/^(usd|us\$|\$|美元|美金|万美元)$/iu, 'USD'],
  [/^(twd|ntd|新台币|台币|新台幣)$/iu, 'TWD'],
  [/^(eur|€|欧元)$/iu, 'EUR'],
  [/^(jpy|日元|円)$/iu, 'JPY'],
  [/^(krw|韩元|원)$/iu, 'KRW'],
  [/^(hkd|港元|港币)$/iu, 'HKD'],
  [/^(gbp|£|英镑)$/iu, 'GBP'],
];

/**
 * The unit in brackets at the end of a header: `收益金额(元)`, `播放量（万）`, `Revenue (USD)`.
 * @param above the unit in a line above the header (`单位：万`), for counts and money whose header names none
 */
export function unitOf(header: string, field: Field, above: string | null = null): Unit {
  const own = (bracketed.exec(header)?.[1]?.normalize('NFKC').trim() ?? '').replace(
    /^(单位|單位|unit)\s*[:：]?\s*/iu,
    '',
  );
  const money = field === 'revenue' || field === 'spend';
  const currency = (unit: string) => (money ? (currencies.find(([pattern]) => pattern.test(unit))?.[1] ?? null) : null);
  const said = scaleOf(own, field);
  if (said.scale !== 1 || currency(own) !== null || unitIn(own) || above === null)
    return { ...said, currency: currency(own) };
  const unit = unitAbove(above, field);
  return unit === null ? { ...said, currency: null } : { ...scaleOf(unit, field), currency: currency(unit) };
}

/** A unit that is no power of ten: `播放量(次)`. */
const unitIn = (unit: string) => /^(次|个|部|人|人次|回|views|plays)$/iu.test(unit);

const counts = new Set<Field>(COUNT_FIELDS);

/** The unit for this field among those that a line names (`单位：万次、万元`), or null. */
function unitAbove(above: string, field: Field): string | null {
  const units = above.split(/[、,，;；/]/u).map((unit) => unit.trim());
  const money = field === 'revenue' || field === 'spend';
  const bare = (unit: string) => /^(千|百|万|萬|千万|百万|亿|億|w|k|m|b|million|thousand)$/iu.test(unit);
  const paid = (unit: string) => currencies.some(([pattern]) => pattern.test(unit));
  if (!money && !counts.has(field)) return null;
  return units.find((unit) => bare(unit) || paid(unit) === money) ?? null;
}

function scaleOf(unit: string, field: Field): Pick<Unit, 'scale' | 'magnitude'> {
  // Central banks state some currencies by the hundred.
  if (field === 'rate') return { scale: /^(每|per\s*|\/\s*)?100(?!\d)/iu.test(unit) ? 0.01 : 1, magnitude: 1 };
  const magnitude = magnitudeOf(unit);
  const seconds = field === 'watch_seconds' ? secondsIn(unit.replace(/^(千|百)?[万萬]|^[亿億千]/u, '')) : 1;
  return { scale: seconds * magnitude, magnitude };
}

function secondsIn(unit: string): number {
  if (/^(小时|小時|时|時間|h|hours?)$/iu.test(unit)) return 3600;
  return /^(分钟|分鐘|分|min|minutes?)$/iu.test(unit) ? 60 : 1;
}

function magnitudeOf(unit: string): number {
  if (/^千[万萬]/u.test(unit)) return 10_000_000;
  if (/^百[万萬]/u.test(unit) || /^(m|million)$/iu.test(unit)) return 1_000_000;
  if (/^[亿億]/u.test(unit)) return 100_000_000;
  if (/^(万|萬|w$)/iu.test(unit)) return 10_000;
  if (/^(千|k$|thousand)/iu.test(unit)) return 1000;
  return 1;
}

const folded = new WeakMap<readonly HeaderSpelling[], ReadonlyMap<string, number>>();

function placesOf(spellings: readonly HeaderSpelling[]): ReadonlyMap<string, number> {
  const known = folded.get(spellings);
  if (known) return known;
  const places = new Map<string, number>();
  for (const [place, { header }] of spellings.entries()) if (!places.has(fold(header))) places.set(fold(header), place);
  folded.set(spellings, places);
  return places;
}

export function matchHeader(header: string, spellings: readonly HeaderSpelling[]): HeaderMatch | null {
  const whole = fold(header);
  const bare = fold(header.replace(bracketed, ''));
  for (const wanted of bare && bare !== whole ? [whole, bare] : [whole]) {
    const rank = placesOf(spellings).get(wanted);
    const found = rank === undefined ? undefined : spellings[rank];
    if (rank !== undefined && found) {
      const viewsAre = found.field === 'views' ? headerSays(header) : null;
      return { field: found.field, rank, viewsAre, reason: headerKnown(header, found.field) };
    }
  }
  return null;
}

const COUNTER_WORDS =
  /累计|累計|累积|累積|历史|歷史|cumulative|accumulated|lifetime|all[\s_-]*time|to[\s_-]*date|누적|cumulé|acumulad|kumul/iu;
const INCREMENT_WORDS =
  /增量|新增|日增|增加|増加|增长|增長|当日|當日|当天|當天|单日|單日|今日|昨日|每日|日播放|日次|日別|本周|本週|周播放|本月|月播放|期间|期間|(?<![a-z])(daily|day|today|yesterday|weekly|monthly|new|added|gained|delta|increments?|incremental)(?![a-z])|add(?![a-z])/iu;

/** What the views are by their header; null if it has words of neither or of both, or only `total`. */
export function headerSays(header: string): Exclude<ViewsAre, 'event'> | null {
  // `playCountAdd`, `daily_views`: case and underscore separate words, too.
  const text = header
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll('_', ' ');
  const counter = COUNTER_WORDS.test(text);
  return counter === INCREMENT_WORDS.test(text) ? null : counter ? 'cumulative' : 'increment';
}

const PUBLISHED =
  /发布|發布|發佈|公開|公开|投稿|发表|發表|发帖|上线|上線|首播|首发|上映|创建|創建|建立时间|上传|上傳|게시|개봉|업로드|공개일|등록|publish|publi[cé]|release|posted|post[\s_-]*(time|date|day)|creat(ed|ion)|create[\s_-]*(time|date|at)|upload|premier|veröffentlich|erstell|hochgeladen|fecha de (subida|creaci)|data de (envio|cria)/iu;

/** Whether a header is about publishing or creating, in any language; for columns of dates only. */
export const isPublished = (header: string) =>
  PUBLISHED.test(
    header
      .normalize('NFKC')
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replaceAll('_', ' '),
  );
