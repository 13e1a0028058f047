/** Imports whose views were taken for increments and are a counter by their values, or the other way round. */

import type { ReadingChange } from '../../contract/outdated.ts';
import type { HistoryEntry } from '../../ledger/history.ts';
import { STATED_ROWS } from '../../ledger/stated-rows.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { sayWeighed, VIEWS_ARE, weigh } from '../propose/increment-or-counter.ts';
import { type Steps, stepsSchema } from '../propose/view-steps.ts';

/** Rows that are looked at, at the most, by whole series. */
const LOOKED_AT = 500_000;
const LOOKS = { counter: 'cumulative', increments: 'increment', nothing: null } as const;

/**
 * Judged by the steps of the import itself, and where these are too few, as of one file a day, by those of all imports
 * of its source: what a file states is kept as it stood, whatever it was taken for.
 * @param among numbers of the imports that are asked about
 */
export async function outdatedViews(
  session: ReadSession,
  entries: readonly HistoryEntry[],
  among: ReadonlySet<number>,
): Promise<ReadonlyMap<number, ReadingChange>> {
  const stated = entries.filter(
    (e) => e.status === 'committed' && e.kind === 'log' && e.viewsAre !== 'event' && e.mapping.views !== undefined,
  );
  const asked = stated.filter(({ importNo }) => among.has(importNo));
  const found = new Map<number, ReadingChange>();
  if (asked.length === 0) return found;
  const sources = new Set(asked.map(({ sourceKey }) => sourceKey));
  const looked = stated.filter(({ sourceKey }) => sources.has(sourceKey));
  const rows = looked.reduce((sum, e) => sum + e.rows_committed, 0);
  const oneIn = Math.max(1, Math.ceil(rows / LOOKED_AT));
  const own = await stepsBy(session, looked, 'import_no', oneIn);
  const ofSource = await stepsBy(session, looked, 'source_key', oneIn);
  for (const entry of asked) {
    const steps = [own.get(entry.importNo), ofSource.get(entry.sourceKey)].find((s) => s && weigh(s) !== 'nothing');
    const verdict = steps ? LOOKS[weigh(steps)] : null;
    if (!steps || verdict === null || verdict === entry.viewsAre) continue;
    const before = entry.viewsAre === 'cumulative' ? 'cumulative' : 'increment';
    const { en, zh } = sayWeighed(steps, weigh(steps), oneIn > 1);
    found.set(entry.importNo, {
      part: 'views_are',
      unit: 'rows',
      before,
      after: verdict,
      count: entry.rows_committed,
      detail: {
        en: `views were taken as ${before} and are ${verdict} by their values: ${en}`,
        zh: `播放量按${VIEWS_ARE[before]}导入，而从数值看是${VIEWS_ARE[verdict]}：${zh}`,
      },
    });
  }
  return found;
}

/** A week or a month is one value, though it is kept by the day. */
const spanOf = ({ options }: HistoryEntry): 'week' | 'month' | 'none' => {
  const { covers } = options;
  if (covers === 'month') return 'month';
  return covers === 'week_starting' || covers === 'week_ending' ? 'week' : 'none';
};

async function stepsBy(
  session: ReadSession,
  looked: readonly HistoryEntry[],
  group: 'import_no' | 'source_key',
  oneIn: number,
): Promise<ReadonlyMap<number, Steps>> {
  const rows = await session.all({
    text: `WITH span AS (SELECT unnest($1::INTEGER[]) AS import_no, unnest($2::VARCHAR[]) AS span, unnest($3::VARCHAR[])::DATE AS first),
      stated AS (
        SELECT t.${group} AS home, t.import_no, hash(coalesce(t.stated_key, t.series_key), coalesce(t.stated_platform_key, t.platform_key), t.region_key, t.episode) AS key,
          CASE WHEN NOT t.estimated OR s.span = 'none' THEN coalesce(t.instant, t.day::TIMESTAMP)
            WHEN s.span = 'month' THEN date_trunc('month', t.day)
            ELSE s.first + 7 * ((t.day - s.first) // 7)::INTEGER END::TIMESTAMP AS moment,
          t.views
        FROM ${STATED_ROWS} t JOIN span s USING (import_no)
        WHERE t.views IS NOT NULL AND hash(coalesce(t.stated_key, t.series_key)) % ${oneIn} = 0),
      summed AS (SELECT home, import_no, key, moment, sum(views)::DOUBLE AS views FROM stated GROUP BY ALL),
      looked AS (SELECT home, key, moment, arg_max(views, import_no) AS views FROM summed GROUP BY ALL),
      stepped AS (SELECT home, key, moment, views, lag(views) OVER (PARTITION BY home, key ORDER BY moment) AS before FROM looked),
      keys AS (SELECT home, key, count(before) AS steps, count(*) FILTER (views >= before) AS held, count(*) FILTER (views > before) AS rose,
          arg_max(views, moment) > arg_min(views, moment) AS grew
        FROM stepped GROUP BY home, key HAVING count(*) >= 2),
      typical AS (SELECT home, median(abs(views - before) / before) AS change FROM stepped WHERE before > 0 GROUP BY home)
      SELECT home, count(*)::DOUBLE AS keys, (count(*) FILTER (steps >= 2))::DOUBLE AS long, sum(steps)::DOUBLE AS steps,
        (sum(held) / sum(steps))::DOUBLE AS held, (sum(rose) / sum(steps))::DOUBLE AS rose,
        avg(CASE WHEN grew THEN 1 ELSE 0 END)::DOUBLE AS grew, any_value(change)::DOUBLE AS change
      FROM keys LEFT JOIN typical USING (home) GROUP BY home`,
    values: [
      looked.map(({ importNo }) => importNo),
      looked.map(spanOf),
      looked.map(({ from }) => from ?? '1970-01-01'),
    ],
  });
  return new Map(rows.map((row) => [numberOf(row, 'home'), stepsSchema.parse(row)]));
}
