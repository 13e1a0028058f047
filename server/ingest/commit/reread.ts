/** A file read once more by today’s rules, in the place of its import; and what that would change. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import { fieldSchema, type Warning } from '../../contract/imports.ts';
import type { ReadingChange } from '../../contract/outdated.ts';
import type { Label } from '../../contract/query.ts';
import { CATALOG_COLUMNS } from '../../ledger/catalog.ts';
import { type HistoryEntry, leaveNumber } from '../../ledger/history.ts';
import { STATED_ROWS } from '../../ledger/stated-rows.ts';
import { undoImports } from '../../ledger/undo.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, ResultRow, WriteSession } from '../../warehouse/warehouse.ts';

/**
 * Undoes an import for the one that is about to take its number, in one transaction: where that one fails, all stays
 * as it was.
 */
export async function makePlace(
  session: WriteSession,
  entry: HistoryEntry,
  vocabulary: Vocabulary,
  now: Date,
): Promise<void> {
  await undoImports(session, [entry], vocabulary, now);
  await leaveNumber(session, entry.importNo);
}

/** What the new import says of the one whose place it has. */
export const readAgain = ({ import_id, rows_committed }: HistoryEntry): Warning => ({
  code: 'read_again',
  count: rows_committed,
  detail: {
    en: `read again by today’s rules, in the place of import ${import_id}, which is undone`,
    zh: `已按现行规则重新读取，取代导入 ${import_id}（已撤销）`,
  },
});

const BEFORE = 'stated_before';
const AFTER = 'stated_after';
/** Rows of the one that the other does not have. */
const GONE = 'stated_gone';
const COME = 'stated_come';
const SAID_BEFORE = 'said_before';
const SAID_AFTER = 'said_after';

const LOG_PARTS = [
  'series',
  'platform',
  'region',
  'episode',
  'time',
  'hour',
  'views_are',
  'currency',
  'views',
] as const;
type LogPart = (typeof LOG_PARTS)[number];

/** What an import states, by names: of the log, and of series. */
const statedLog = (importNo: number) => `SELECT k.series_id AS series, p.id AS platform,
    CASE WHEN t.region_left_out THEN NULL ELSE r.id END AS region, t.episode::VARCHAR AS episode, t.day::VARCHAR AS time, t.instant::VARCHAR AS hour,
    CASE t.kind WHEN 'snapshot' THEN 'cumulative' ELSE 'increment' END AS views_are, t.currency, t.views::VARCHAR AS views
  FROM ${STATED_ROWS} t JOIN series_key k ON k.series_key = coalesce(t.stated_key, t.series_key)
    JOIN platform p ON p.platform_key = coalesce(t.stated_platform_key, t.platform_key) JOIN region r ON r.region_key = t.region_key
  WHERE t.import_no = ${importNo}`;
const statedSeries = (importNo: number) =>
  `SELECT k.series_id AS series, s.* EXCLUDE (import_no, series_key) FROM series_statement s JOIN series_key k USING (series_key) WHERE import_no = ${importNo}`;

const keep = (session: WriteSession, table: string, select: string) =>
  session.run({ text: `CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`, values: [] });

/** Keeps what an import states, to be compared once its file is read again. */
export async function keepStated(session: WriteSession, { importNo }: HistoryEntry): Promise<void> {
  await keep(session, BEFORE, statedLog(importNo));
  await keep(session, SAID_BEFORE, statedSeries(importNo));
}

/** What the import that took the number states otherwise than the one before it. */
export async function changesOf(
  session: WriteSession,
  before: HistoryEntry,
  after: HistoryEntry,
): Promise<readonly ReadingChange[]> {
  await keep(session, AFTER, statedLog(before.importNo));
  await keep(session, GONE, `FROM ${BEFORE} EXCEPT ALL FROM ${AFTER}`);
  await keep(session, COME, `FROM ${AFTER} EXCEPT ALL FROM ${BEFORE}`);
  await keep(session, SAID_AFTER, statedSeries(before.importNo));
  const changes: ReadingChange[] = [];
  for (const part of LOG_PARTS) changes.push(...(await changedRows(session, part)));
  changes.push(...(await changedSeries(session)));
  for (const [part, name, pair] of [
    ['rows', ROWS, [before.rows_committed, after.rows_committed]],
    ['rejects', REJECTS, [before.rows_rejected, after.rows_rejected]],
  ] as const) {
    const [was, is] = pair;
    if (was !== is)
      changes.push(changeOf(part, name, [{ before: `${was}`, after: `${is}`, n: Math.abs(was - is) }], 'rows'));
  }
  for (const table of [BEFORE, AFTER, GONE, COME, SAID_BEFORE, SAID_AFTER])
    await session.run({ text: `DROP TABLE ${table}`, values: [] });
  return changes;
}

const REJECTS: Label = { en: 'rejected rows', zh: '拒绝的行' };
const ROWS: Label = { en: 'rows that count', zh: '计入的行' };

interface Pair {
  readonly before: string;
  readonly after: string;
  readonly n: number;
}
const pairOf = (row: ResultRow): Pair => ({ before: textOf(row, 'b'), after: textOf(row, 'a'), n: numberOf(row, 'n') });

function changeOf(part: string, name: Label, pairs: readonly Pair[], unit: ReadingChange['unit']): ReadingChange {
  const { before = '', after = '' } = pairs[0] ?? {};
  const more = pairs.length - 1;
  return {
    ...{ part, before, after, unit, count: pairs.reduce((sum, { n }) => sum + n, 0) },
    detail: {
      en: `${name.en}: “${before}” becomes “${after}”${more > 0 ? `, and ${more} more` : ''}`,
      zh: `${name.zh}：“${before}”变为“${after}”${more > 0 ? `，另有 ${more} 种` : ''}`,
    },
  };
}

function nameOf(part: string): Label {
  const field = fieldSchema.safeParse(part === 'series' ? 'series_id' : part);
  if (field.success) return { en: part, zh: FIELD_LABELS[field.data].zh };
  return part === 'views_are' ? { en: 'views are', zh: '播放量的含义' } : { en: part, zh: part };
}

const text = (column: string) => `coalesce(${column}, '–')`;

/** Rows that differ in one column alone; where a row differs in several, whose values went and came. */
async function changedRows(session: ReadSession, part: LogPart): Promise<ReadingChange[]> {
  const others = LOG_PARTS.filter((other) => other !== part);
  const alike = others.map((other) => `${text(`b.${other}`)} = ${text(`a.${other}`)}`).join(' AND ');
  const pairs = await session.all({
    text: `SELECT ${text(`b.${part}`)} AS b, ${text(`a.${part}`)} AS a, count(*)::DOUBLE AS n
      FROM ${GONE} b JOIN ${COME} a ON ${alike} GROUP BY ALL ORDER BY n DESC, b, a`,
    values: [],
  });
  if (pairs.length > 0) return [changeOf(part, nameOf(part), pairs.map(pairOf), 'rows')];
  const moved = await session.all({
    text: `SELECT member, sum(n)::DOUBLE AS more FROM (
        SELECT ${text(part)} AS member, -1 AS n FROM ${GONE} UNION ALL SELECT ${text(part)}, 1 FROM ${COME})
      GROUP BY member HAVING sum(n) <> 0 ORDER BY more, member`,
    values: [],
  });
  const lost = moved.filter(({ more }) => Number(more) < 0);
  const [first, last] = [lost[0], moved.at(-1)];
  if (!first || !last || numberOf(last, 'more') <= 0) return [];
  const n = -lost.reduce((sum, { more }) => sum + Number(more), 0);
  return [
    changeOf(part, nameOf(part), [{ before: textOf(first, 'member'), after: textOf(last, 'member'), n }], 'rows'),
  ];
}

const LISTS: ReadonlySet<string> = new Set(['producers', 'genres', '"cast"']);
const written = (side: string, column: string) =>
  text(LISTS.has(column) ? `array_to_string(${side}.${column}, ' / ')` : `${side}.${column}::VARCHAR`);

async function changedSeries(session: ReadSession): Promise<ReadingChange[]> {
  const changes: ReadingChange[] = [];
  for (const column of [...CATALOG_COLUMNS, 'release_day']) {
    const pairs = await session.all({
      text: `SELECT ${written('b', column)} AS b, ${written('a', column)} AS a, count(*)::DOUBLE AS n
        FROM ${SAID_BEFORE} b JOIN ${SAID_AFTER} a USING (series) WHERE b.${column} IS DISTINCT FROM a.${column}
        GROUP BY ALL ORDER BY n DESC, b, a`,
      values: [],
    });
    const part = column === 'release_day' ? 'release_at' : column.replaceAll('"', '');
    if (pairs.length > 0) changes.push(changeOf(part, nameOf(part), pairs.map(pairOf), 'series'));
  }
  return changes;
}
