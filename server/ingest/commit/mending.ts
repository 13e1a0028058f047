/**
 * Mended rejects as part of the file they come from. An import that mends another one has its *place*: between imports
 * its rows are as early or late as that one's, and among each other rows of one place add up like rows of one file. What
 * a mended row says once more counts once.
 */

import Papa from 'papaparse';
import { findEntry } from '../../ledger/history.ts';
import { placeImports, STATED, sameRow } from '../../ledger/mended.ts';
import { ProblemError } from '../../problem.ts';
import { maybeNumber } from '../../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../../warehouse/warehouse.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { type Mending, spanRows, type Target } from './write.ts';

/**
 * @returns null where the file mends none
 * @throws ProblemError `invalid_request` where the import it names is not one that it could have been part of
 */
export async function mendedBy(session: ReadSession, plan: ImportPlan): Promise<Mending | null> {
  const id = plan.kind === 'log' ? plan.options.mends : undefined;
  if (!id) return null;
  const entry = await findEntry(session, id);
  if (entry?.status !== 'committed' || entry.kind !== 'log')
    throw refusal({
      en: `There is no committed import ${id} of a log that this file could mend; it may have been undone. Import the file without mends.`,
      zh: `没有可供修正的日志导入 ${id}，可能已被撤销。请不带 mends 导入此文件。`,
    });
  if (entry.source !== plan.source || entry.viewsAre !== plan.viewsAre)
    throw refusal({
      en: `Import ${id} is of the source “${entry.source}” and states ${entry.viewsAre} views, this file ${plan.viewsAre} views of “${plan.source}”: mended lines are read as the others were. Choose the same, or leave mends empty.`,
      zh: `导入 ${id} 的来源为“${entry.source}”、播放量类型为 ${entry.viewsAre}，而此文件为“${plan.source}”、${plan.viewsAre}：修正后的行须与原文件一致。请改为一致，或将 mends 留空。`,
    });
  const [row] = await session.all({
    text: 'SELECT place_no FROM import WHERE import_no = $1',
    values: [entry.importNo],
  });
  return { importNo: entry.importNo, placeNo: maybeNumber(row, 'place_no') ?? entry.importNo };
}

const refusal = (text: { en: string; zh: string }) =>
  new ProblemError('invalid_request', text, [
    { path: 'options.mends', message: { en: 'not an import that this file can mend', zh: '此文件不能修正该导入' } },
  ]);

/** Notes what a committed import mends, which gives it its place. */
export async function keepMending(
  session: WriteSession,
  importNo: number,
  { importNo: mends }: Mending,
): Promise<void> {
  await session.run({ text: 'UPDATE import SET mends_no = $2 WHERE import_no = $1', values: [importNo, mends] });
  await placeImports(session);
}

/** What mended an import mends the one that takes its number. */
export async function takeMenders(
  session: WriteSession,
  before: { readonly importNo: number; readonly import_id: string },
  importId: string,
): Promise<void> {
  await session.run({
    text: 'UPDATE import SET options = replace(options, $2, $3) WHERE mends_no = $1',
    values: [before.importNo, before.import_id, importId],
  });
  await placeImports(session);
}

/**
 * Notes which of the import's rows, already written to the log, say the same as a row of another import of its place:
 * one key and the same numbers; of a row that was spread over days, the same numbers on each. Events may look alike.
 */
export async function noteRepeats(session: WriteSession, target: Target, { placeNo }: Mending): Promise<void> {
  if (target.plan.viewsAre !== 'increment') return;
  const { staged, importNo } = target;
  const stated = Object.entries(STATED).map(([column, sql]) => `${sql} AS ${column}`);
  const rows = (where: string) => `SELECT t.import_no, ${stated.join(', ')}, t.series_key AS now_series,
    t.platform_key AS now_platform, t.region_key AS now_region, ${staged.measures.map((m) => `t.${m}`).join(', ')} FROM (
      FROM view_log UNION ALL BY NAME SELECT * EXCLUDE (reason) FROM view_log_hidden) t WHERE ${where}`;
  const family = `t.import_no IN (SELECT import_no FROM import WHERE place_no = ${placeNo} AND status = 'committed')`;
  const same = staged.measures.map((m) => `b.${m} IS NOT DISTINCT FROM a.${m}`).join(' AND ') || 'true';
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE repeats AS
      SELECT a.* , b.import_no AS of_import_no
      FROM (${rows(`t.import_no = ${importNo} AND NOT t.derived`)}) a
      LEFT JOIN (${rows(`${family} AND NOT t.derived AND t.source_key = ${target.sourceKey}`)}) b ON ${sameRow('a', 'b')} AND ${same}`,
    values: [],
  });
  const spans = spanRows(target);
  if (spans !== null) await session.run({ text: wholeSpans(target, spans), values: [] });
  const columns = Object.keys(STATED).join(', ');
  await session.run({
    text: `INSERT INTO mended_repeat (import_no, of_import_no, ${columns})
      SELECT DISTINCT import_no, of_import_no, ${columns} FROM repeats WHERE of_import_no IS NOT NULL`,
    values: [],
  });
  await session.run({ text: 'DROP TABLE repeats', values: [] });
}

/** Leaves the repeats of rows whose every day is one. */
function wholeSpans({ staged }: Target, spans: string): string {
  const keys = [
    ['now_series', 'series_key'],
    ['now_platform', 'platform_key'],
    ['now_region', 'region_key'],
    ['currency', 'currency'],
    ...(staged.episode ? [['episode', 'episode']] : []),
  ];
  return `CREATE OR REPLACE TEMP TABLE repeats AS
    SELECT r.* FROM repeats r JOIN (${spans}) s ON r.day = s.day AND ${keys.map(([a, b]) => `r.${a} IS NOT DISTINCT FROM s.${b}`).join(' AND ')}
    QUALIFY count(DISTINCT r.day) OVER (PARTITION BY ${keys.map(([a]) => `r.${a}`).join(', ')}, s.first, r.of_import_no)
      = count(DISTINCT r.day) OVER (PARTITION BY ${keys.map(([a]) => `r.${a}`).join(', ')}, s.first)`;
}

/** Keeps with an import how its rejected lines are to be read. */
export async function keepHeader(session: WriteSession, importNo: number, file: DataFile): Promise<void> {
  const delimiter = file.text?.delimiter ?? ',';
  const header = Papa.unparse([file.columns.map((c) => c.name)], { delimiter });
  await session.run({
    text: 'INSERT INTO reject_header (import_no, delimiter, header) VALUES ($1, $2, $3)',
    values: [importNo, delimiter, header],
  });
}
