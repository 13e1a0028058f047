/** How episodes are written: `12`, `第12集`, `EP12`, `S01E12`, and `全集` for the whole series. */
import { isBlank } from '../../vocabulary/text.ts';
import { bound, literal, oneOf } from './sql.ts';
import { plain } from './values.ts';

/** Matched with half-width lower case without spaces; a title may follow a mark: `第1集：初见`. */
const NUMBERED =
  '^(?:第|(?:s[0-9]{1,2})?ep(?:isode)?[.#_-]?|(?:s[0-9]{1,2})?e|#)0*([0-9]{1,6})(?:[集话話回期](?:[:：_-].*)?)?$';
const COUNTED = '^([0-9]{1,6})[集话話回]$';
const numbered = new RegExp(NUMBERED, 'u');
const counted = new RegExp(COUNTED, 'u');
const plainNumber = /^\d{1,6}$/u;

const WHOLES = [
  '全集',
  '整剧',
  '全剧',
  '整部',
  '全部',
  '合集',
  '完整版',
  '全片',
  '整体',
  '合计',
  '总计',
  'whole',
  'all',
  'full',
  'total',
  'series',
  'complete',
  '全話',
] as const;
const wholes = new Set<string>(WHOLES);

export const isWholeSql = (raw: string) => `coalesce(${oneOf(plain(raw), WHOLES)}, false)`;

export const episodeSql = (raw: string, number: string) =>
  `CASE WHEN ${number} IS NOT NULL THEN ${number} WHEN ${raw} IS NOT NULL THEN ${bound(
    'e',
    plain(raw),
    (e) =>
      `TRY_CAST(coalesce(nullif(regexp_extract(${e}, ${literal(NUMBERED)}, 1), ''), nullif(regexp_extract(${e}, ${literal(COUNTED)}, 1), '')) AS BIGINT)`,
  )} END`;

const tidy = (cell: string) => cell.normalize('NFKC').toLowerCase().replace(/\s/gu, '');

export function nameEpisodes(cells: readonly (string | null)[]): boolean {
  const filled = cells.filter((cell): cell is string => !isBlank(cell)).map(tidy);
  const known = (cell: string) => [numbered, counted, plainNumber].some((one) => one.test(cell)) || wholes.has(cell);
  return filled.some((cell) => numbered.test(cell)) && filled.every(known);
}

/** Whether numbers differ within one of `keys` (series, place, day): then they are episodes, not how many there are. */
export function differWithin(
  cells: readonly (string | null)[],
  keys: readonly (readonly (string | null)[])[],
): boolean {
  const first = new Map<string, string>();
  for (const [i, cell] of cells.entries()) {
    if (isBlank(cell) || cell === null) continue;
    if (!plainNumber.test(tidy(cell))) return false;
    const key = JSON.stringify(keys.map((key) => key[i] ?? null));
    const before = first.get(key);
    if (before !== undefined && before !== tidy(cell)) return true;
    first.set(key, tidy(cell));
  }
  return false;
}
